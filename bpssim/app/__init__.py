"""The page: a service designer in the browser, in which the model itself runs."""
