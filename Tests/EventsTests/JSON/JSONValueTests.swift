import Testing

@testable import Events

@Suite struct JSONValueTests {
    private func parse(_ text: String) throws(Rejection) -> JSONValue {
        try JSONValue.parse(Array(text.utf8))
    }

    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), (" false ", .bool(false)), ("0", .integer(0)),
            ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number("9223372036854775808")), ("-0", .number("-0")),
            ("1.0", .number("1.0")), ("1e2", .number("1e2")), ("-1.5E+10", .number("-1.5E+10")),
            (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u00e9\u4e2d\ud83d\ude00""#, .string("é中😀")), (#""\u0000""#, .string("\0")),
            ("[]", .array([])), ("[ ]", .array([])),
            ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
            ("{}", .object([])), ("{ }", .object([])),
            (
                #"{ "b" : 1 , "a" : [ null ] }"#,
                .object([
                    .init(name: "b", value: .integer(1)), .init(name: "a", value: .array([.null])),
                ])
            ),
            (#"{"\u0061":"\u0062"}"#, .object([.init(name: "a", value: .string("b"))])),
        ] as [(String, JSONValue)]
    )
    func `every kind of value is read`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(
        arguments: [
            ("", .empty, ""), ("[1,]", .invalidJSON, "/1"), ("{\"a\":tru}", .invalidJSON, "/a"),
            ("[\"\u{1}\"]", .invalidJSON, "/0"), ("1 2", .invalidJSON, ""),
            (String(repeating: "[", count: 33) + String(repeating: "]", count: 33), .tooDeep, ""),
        ] as [(String, Rejection.Reason, String)]
    )
    func `it is as strict as the scanner`(
        text: String,
        reason: Rejection.Reason,
        pointer: String
    ) {
        let error = #expect(throws: Rejection.self) { try parse(text) }
        #expect(error?.reason == reason)
        #expect(pointer.isEmpty || error?.pointer == pointer)
    }

    @Test func `the canonical form sorts by bytes and keeps numbers`() throws {
        let value = try parse(
            #"{"b":[{"z":1.50,"y":-0}],"é":1,"a":{"10":1,"9":2},"Z":"\u000a\/","":null,"😀":2}"#
        )
        #expect(
            String(decoding: value.canonical, as: UTF8.self)
                == #"{"":null,"Z":"\n/","a":{"10":1,"9":2},"b":[{"y":-0,"z":1.50}],"é":1,"😀":2}"#
        )
        #expect(try JSONValue.parse(value.canonical).canonical == value.canonical)
    }

    @Test func `writing keeps the order of members`() throws {
        let text = #"{"b":1,"a":[true,null,"x"],"b":2}"#
        let value = try parse(text)
        var writer = JSONWriter()
        value.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
        #expect(value["b"] == .integer(2))
    }

    @Test func `values are reached by type, name and pointer`() throws {
        let value = try parse(
            #"{"a/b":{"m~n":[10,{"":true}]},"":0,"s":"x","n":null,"~1":5}"#
        )
        #expect(value.at(pointer: "") == value)
        #expect(value.at(pointer: "/a~1b/m~0n/0")?.integerValue == 10)
        #expect(value.at(pointer: "/a~1b/m~0n/1/")?.boolValue == true)
        #expect(value.at(pointer: "/")?.integerValue == 0)
        #expect(value.at(pointer: "/~01")?.integerValue == 5)
        #expect(value["s"]?.stringValue == "x")
        #expect(value["n"]?.isNull == true)
        #expect(value.objectValue?.count == 5)
        #expect(value.at(pointer: "/a~1b/m~0n")?.arrayValue?.count == 2)
        for missing in ["a", "/x", "/s/0", "/a~1b/m~0n/2", "/a~1b/m~0n/-1", "/a~1b/m~0n/00", "/~2"]
        {
            #expect(value.at(pointer: missing) == nil)
        }
        #expect(value["s"]?.integerValue == nil)
        #expect(JSONValue.null["x"] == nil)
    }
}
