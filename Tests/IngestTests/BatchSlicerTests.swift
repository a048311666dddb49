import Events
import Testing

@testable import Ingest

@Suite struct BatchSlicerTests {
    private func slices(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try unsafe BatchSlicer.slices(of: bytes.span.bytes).map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("[]", []), (" [ \n ] ", []), ("[1]", ["1"]), ("[1, 2 ,\t3]", ["1", "2", "3"]),
        (#"[{"a":[1,{"b":"]},{"}]},"x,y"]"#, [#"{"a":[1,{"b":"]},{"}]}"#, #""x,y""#]),
        (#"["a\"],[","\\"]"#, [#""a\"],[""#, #""\\""#]),
        ("[[],{}]", ["[]", "{}"]),
        ("[nonsense here, \u{1}]", ["nonsense here", "\u{1}"]),
    ])
    func `elements are cut out verbatim`(text: String, expected: [String]) throws {
        #expect(try slices(text) == expected)
    }

    @Test(arguments: [
        "", " ", "{}", "1", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2", "[1]]", "[1] x", "[}",
        #"["a]"#, #"["a\"#, "[{]", "[1,,2]", "\u{FEFF}[]",
    ])
    func `what is not one array is refused`(text: String) {
        let rejection = #expect(throws: Rejection.self) { try slices(text) }
        #expect(rejection?.reason == .invalidJSON)
    }
}
