import ArgumentParser

/// How a command prints its data.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// Aligned columns for people.
    case table
    /// Comma-separated values with a header, quoted as RFC 4180 has it.
    case csv
    /// JSON.
    case json
}
