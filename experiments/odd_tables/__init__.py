"""Tables of the model description, made from the declarations of the model and of its inputs."""
