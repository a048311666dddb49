/// Comma-separated values with the quoting of RFC 4180.
///
/// Lines end in a bare line feed, as the tools behind a pipe expect.
struct CSVText {
    /// What has been written so far.
    private(set) var text = ""

    /// Adds a record; the first one is the header.
    mutating func append(_ fields: [String]) {
        text += fields.map(Self.quoted).joined(separator: ",")
        text += "\n"
    }

    private static func quoted(_ field: String) -> String {
        // Unicode scalars, not characters: CR LF is a single character.
        let special: Set<Unicode.Scalar> = ["\"", ",", "\n", "\r"]
        guard field.unicodeScalars.contains(where: special.contains) else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
