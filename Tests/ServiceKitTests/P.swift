enum PlaceholderTest {}
