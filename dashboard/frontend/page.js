// The frame of every page: language and direction of the document, and a button that copies the address.

const speak = (language, direction) => {
  const html = document.documentElement
  if (html.lang === language && html.dir === direction && navigator.language === language) return
  html.lang = language
  html.dir = direction
  // Sliders follow the browser's language, not the page's; give them the page's.
  Object.defineProperty(navigator, "language", { configurable: true, get: () => language })
  window.dispatchEvent(new Event("languagechange"))
}

export default function ({ data, parentElement }) {
  speak(data.language, data.direction)
  const button = parentElement.querySelector("button")
  if (button.dataset.copied !== "yes") button.textContent = data.copy
  button.onclick = async () => {
    await navigator.clipboard.writeText(window.location.href)
    button.dataset.copied = "yes"
    button.textContent = data.copied
    setTimeout(() => { button.dataset.copied = ""; button.textContent = data.copy }, 2000)
  }
}
