"""The dashboard of Mawaqif: records go in, pictures in two languages come out."""
