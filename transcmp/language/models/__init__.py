"""The detectors, and the models that the default one is made of. Each module is imported when its detector is asked for."""
