"""The office: asked at first start, editable later."""
