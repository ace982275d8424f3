"""What to show: a notebook and today in; tables, sheets and records out. How they look is `render`'s business."""
