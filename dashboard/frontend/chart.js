// One chart: draws with Plotly.react, so that zoom and legend survive a filter; reports clicks; makes PNG and SVG.

let library
const fonts = new Map()
const shown = new WeakMap()

const load = (address) => {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = address
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => { library = undefined; reject(new Error(address)) }
    document.head.append(script)
  })
  return library
}

const fontData = (address) => {
  if (!fonts.has(address)) {
    fonts.set(address, fetch(address).then((reply) => reply.blob()).then((blob) => new Promise((resolve) => {
      const reader = new FileReader()
      reader.onload = () => resolve(reader.result)
      reader.readAsDataURL(blob)
    })))
  }
  return fonts.get(address)
}

// The picture and the table of a chart are made when they are asked for.
const later = async (data) => (await fetch(data.later)).json()

// The Arabic font travels inside the picture: a picture file cannot reach a web font.
const svgOf = async (Plotly, picture, font, transparent) => {
  const layout = { ...picture.layout }
  if (transparent) layout.paper_bgcolor = "rgba(0,0,0,0)"
  const size = { width: layout.width, height: layout.height }
  const address = await Plotly.toImage({ data: picture.data, layout }, { format: "svg", ...size })
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1))
  const face = `@font-face{font-family:'Noto Kufi Arabic';src:url(${await fontData(font)}) format('woff2')}`
  return { svg: svg.replace(/(<svg[^>]*>)/, `$1<style>${face}</style>`), ...size }
}

const pngOf = async ({ svg, width, height }) => {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = 2 * width
  canvas.height = 2 * height
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(image.src)
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
}

const save = (blob, name) => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

const menuItem = (tag, text) => {
  const item = document.createElement("li")
  const control = document.createElement(tag)
  control.textContent = text
  item.append(control)
  return [item, control]
}

const fillMenu = (root, data, Plotly) => {
  const menu = root.querySelector("details")
  menu.querySelector("summary").textContent = data.labels.download
  menu.querySelector("summary").setAttribute("aria-label", `${data.labels.download}: ${data.title}`)
  const list = menu.querySelector("ul")
  list.replaceChildren()
  for (const kind of ["png", "transparent", "svg"]) {
    const [item, button] = menuItem("button", data.labels[kind])
    button.type = "button"
    button.onclick = async () => {
      const { picture } = await later(data)
      const drawn = await svgOf(Plotly, picture, data.font, kind === "transparent")
      const blob = kind === "svg" ? new Blob([drawn.svg], { type: "image/svg+xml" }) : await pngOf(drawn)
      save(blob, `${data.file}.${kind === "svg" ? "svg" : "png"}`)
      menu.open = false
    }
    list.append(item)
  }
  for (const { label, href } of data.links) {
    const [item, link] = menuItem("a", label)
    link.href = href
    if (href.startsWith("/download/")) link.download = ""
    else link.target = "_blank"
    link.onclick = () => { menu.open = false }
    list.append(item)
  }
}

const element = (tag, children) => {
  const made = document.createElement(tag)
  made.append(...children)
  return made
}

const line = (tag, cells) => element("tr", cells.map((text) => {
  const cell = element(tag, [text])
  if (tag === "th") cell.scope = "col"
  return cell
}))

const fillTable = async (details, data) => {
  if (!details.open || details.dataset.shows === data.later) return
  details.dataset.shows = data.later
  const { headings, rows } = await later(data)
  if (details.dataset.shows !== data.later) return
  const body = element("tbody", rows.map((cells) => line("td", cells)))
  const table = element("table", [element("thead", [line("th", headings)]), body])
  table.className = "mw-table"
  details.querySelector("div").replaceChildren(table)
}

const offerTable = (root, data) => {
  const details = root.querySelector(".mw-data")
  details.querySelector("summary").textContent = data.labels.data
  details.querySelector("summary").setAttribute("aria-label", `${data.labels.data}: ${data.title}`)
  details.querySelector("div").setAttribute("aria-label", data.title)
  details.ontoggle = () => fillTable(details, data)
  fillTable(details, data)
}

const closeFromOutside = (menu) => {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false })
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    menu.open = false
    menu.querySelector("summary").focus()
  })
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".mw-chart")
  const plot = root.querySelector(".mw-plot")
  plot.setAttribute("role", "img")
  plot.setAttribute("aria-label", data.finding)
  plot.style.minWidth = `${data.width}px`
  plot.style.minHeight = `${data.figure.layout.height}px`
  let stopped = false
  load(data.plotly).then(async (Plotly) => {
    if (stopped) return
    fillMenu(root, data, Plotly)
    offerTable(root, data)
    const figure = JSON.stringify(data.figure)
    if (shown.get(plot) === figure) return
    await Plotly.react(plot, data.figure.data, data.figure.layout, {
      displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: true,
    })
    shown.set(plot, figure)
    plot.removeAllListeners?.("plotly_click")
    plot.on("plotly_click", (event) => {
      const pick = event.points[0]?.customdata
      if (pick) setTriggerValue("pick", pick)
    })
    if (!root.dataset.ready) closeFromOutside(root.querySelector("details"))
    root.dataset.ready = "yes"
  }).catch((error) => { plot.textContent = `${data.labels.failed} (${error.message})` })
  return () => { stopped = true }
}
