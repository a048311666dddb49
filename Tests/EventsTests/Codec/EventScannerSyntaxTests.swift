import Testing

@testable import Events

/// What RFC 8259, UTF-8 and the limits turn away, before the contract is asked.
@Suite struct EventScannerSyntaxTests {
    @Test(
        arguments: [
            // Nothing, and things that are no object.
            ("", .empty, ""), (" \t\r\n", .empty, ""), ("null", .wrongType, ""),
            ("true", .wrongType, ""), ("5", .wrongType, ""), (#""text""#, .wrongType, ""),
            ("[]", .wrongType, ""), ("[{}]", .wrongType, ""), ("\u{FEFF}{}", .invalidJSON, ""),
            // Brackets, commas and colons.
            ("{", .invalidJSON, ""), ("}", .invalidJSON, ""), ("{}}", .invalidJSON, ""),
            ("{} {}", .invalidJSON, ""), ("{}x", .invalidJSON, ""), ("{},", .invalidJSON, ""),
            ("{]", .invalidJSON, ""), ("[}", .invalidJSON, "/0"), ("{,}", .invalidJSON, ""),
            ("{\"a\"}", .invalidJSON, "/a"), (#"{"a":}"#, .invalidJSON, "/a"),
            (#"{"a":1,}"#, .invalidJSON, ""), (#"{"a":1"#, .invalidJSON, "/a"),
            (#"{"a":1 "b":2}"#, .invalidJSON, "/a"), (#"{"a" 1}"#, .invalidJSON, "/a"),
            (#"{"a":1;"b":2}"#, .invalidJSON, "/a"), (#"{"a"::1}"#, .invalidJSON, "/a"),
            (#"{"a":1,,"b":2}"#, .invalidJSON, ""), (#"{a:1}"#, .invalidJSON, ""),
            (#"{'a':1}"#, .invalidJSON, ""), (#"{1:1}"#, .invalidJSON, ""),
            (#"{"a":[1,]}"#, .invalidJSON, "/a/1"), (#"{"a":[,1]}"#, .invalidJSON, "/a/0"),
            (#"{"a":[1 2]}"#, .invalidJSON, "/a/0"), (#"{"a":[1}}"#, .invalidJSON, "/a/0"),
            (#"{"a":{"b":1]}"#, .invalidJSON, "/a/b"),
            (#"{"a":[[],[1,2,}"#, .invalidJSON, "/a/1/2"),
            (#"{"a":[{"b":[0,{"c":x}]}]}"#, .invalidJSON, "/a/0/b/1/c"),
            (#"{"data":{"foo":[1,2,3,tru]}}"#, .invalidJSON, "/data/foo/3"),
            (#"{"data":{"foo":1,"store":}}"#, .invalidJSON, "/data/store"),
            (#"{"a/b~c":[}"#, .invalidJSON, "/a~1b~0c/0"), (#"{"":?}"#, .invalidJSON, "/"),
            (#"{"\u0061\"":?}"#, .invalidJSON, "/a\""),
            // Comments and the like.
            ("{/* */}", .invalidJSON, ""), ("{} // x", .invalidJSON, ""),
            ("# x\n{}", .invalidJSON, ""),
            ("{\u{A0}}", .invalidJSON, ""), ("{\u{C}}", .invalidJSON, ""),
            ("{\u{2028}}", .invalidJSON, ""),
            // Words.
            (#"{"a":True}"#, .invalidJSON, "/a"), (#"{"a":tru}"#, .invalidJSON, "/a"),
            (#"{"a":nul"#, .invalidJSON, "/a"), (#"{"a":nulll}"#, .invalidJSON, "/a"),
            (#"{"a":falsy}"#, .invalidJSON, "/a"), (#"{"a":undefined}"#, .invalidJSON, "/a"),
            (#"{"a":NaN}"#, .invalidJSON, "/a"), (#"{"a":Infinity}"#, .invalidJSON, "/a"),
            (#"{"a":-Infinity}"#, .invalidJSON, "/a"),
            // Numbers.
            (#"{"a":01}"#, .invalidJSON, "/a"), (#"{"a":-01}"#, .invalidJSON, "/a"),
            (#"{"a":00}"#, .invalidJSON, "/a"), (#"{"a":+1}"#, .invalidJSON, "/a"),
            (#"{"a":-}"#, .invalidJSON, "/a"), (#"{"a":.5}"#, .invalidJSON, "/a"),
            (#"{"a":5.}"#, .invalidJSON, "/a"), (#"{"a":1.e5}"#, .invalidJSON, "/a"),
            (#"{"a":1e}"#, .invalidJSON, "/a"), (#"{"a":1e+}"#, .invalidJSON, "/a"),
            (#"{"a":1e1.5}"#, .invalidJSON, "/a"), (#"{"a":0x10}"#, .invalidJSON, "/a"),
            (#"{"a":1_000}"#, .invalidJSON, "/a"), (#"{"a":1,000}"#, .invalidJSON, ""),
            (#"{"a":--1}"#, .invalidJSON, "/a"), (#"{"a":1-}"#, .invalidJSON, "/a"),
            (#"{"a":1"#, .invalidJSON, "/a"), (#"{"a":-"#, .invalidJSON, "/a"),
            (#"{"a":١}"#, .invalidJSON, "/a"),
            // Texts.
            (#"{"a":"x}"#, .invalidJSON, "/a"), (#"{"a"#, .invalidJSON, ""),
            (#"{"a":'x'}"#, .invalidJSON, "/a"), (#"{"a":"x"y"}"#, .invalidJSON, "/a"),
            (#"{"a":"\x"}"#, .invalidJSON, "/a"), (#"{"a":"\'"}"#, .invalidJSON, "/a"),
            (#"{"a":"\U0041"}"#, .invalidJSON, "/a"), (#"{"a":"\u004"}"#, .invalidJSON, "/a"),
            (#"{"a":"\u00g1"}"#, .invalidJSON, "/a"), (#"{"a":"\u+041"}"#, .invalidJSON, "/a"),
            (#"{"a":"\"}"#, .invalidJSON, "/a"), (#"{"a":"\"#, .invalidJSON, "/a"),
            (#"{"a":"\u"#, .invalidJSON, "/a"), (#"{"a":"\0"}"#, .invalidJSON, "/a"),
            ("{\"a\":\"line\nbreak\"}", .invalidJSON, "/a"),
            ("{\"a\":\"tab\t\"}", .invalidJSON, "/a"),
            ("{\"a\":\"\0\"}", .invalidJSON, "/a"),
            ("{\"a\":\"0123456789abcdef\u{1F}\"}", .invalidJSON, "/a"),
            ("{\"a\0\":1}", .invalidJSON, ""), ("{\"a\":1}\0", .invalidJSON, ""),
            ("\0{\"a\":1}", .invalidJSON, ""), ("{\"a\":\0}", .invalidJSON, "/a"),
            // Surrogates.
            (#"{"a":"\ud83d"}"#, .invalidJSON, "/a"), (#"{"a":"\ude00"}"#, .invalidJSON, "/a"),
            (#"{"a":"\ude00\ud83d"}"#, .invalidJSON, "/a"),
            (#"{"a":"\ud83d\ud83d"}"#, .invalidJSON, "/a"),
            (#"{"a":"\ud83dx"}"#, .invalidJSON, "/a"), (#"{"a":"\ud83d\n"}"#, .invalidJSON, "/a"),
            (#"{"a":"\ud83d\u0041"}"#, .invalidJSON, "/a"), (#"{"\ud83d":1}"#, .invalidJSON, ""),
        ] as [(String, Rejection.Reason, String)]
    )
    func `malformed JSON is refused at its innermost member`(
        text: String,
        reason: Rejection.Reason,
        pointer: String
    ) {
        let found = rejection(of: Array(text.utf8))
        #expect(found?.reason == reason)
        #expect(found?.pointer == pointer)
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xC2, 0xC2],
            [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0x20],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]]
    )
    func `bytes that are not UTF-8 are refused in names and in texts nobody reads`(bytes: [UInt8]) {
        let places = [
            ("{\"id\":\"e", "\"}", "/id"), ("{\"data\":{\"x\":[\"0123456789", "\"]}}", "/data/x/0"),
            ("{\"", "\":1}", ""), ("{\"data\":{\"long enough for a block ", "\":1}}", "/data"),
        ]
        for (before, after, pointer) in places {
            let found = rejection(of: Array(before.utf8) + bytes + Array(after.utf8))
            #expect(found?.reason == .invalidUTF8)
            #expect(found?.pointer == pointer)
        }
        #expect(rejection(of: Array("{\"id\":\"".utf8) + bytes)?.reason == .invalidUTF8)
    }

    @Test func `an event in UTF-16 is refused`() {
        let bytes = Draft.download.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(rejection(of: bytes)?.reason == .invalidJSON)
        #expect(rejection(of: [0xFF, 0xFE] + bytes)?.reason == .invalidJSON)
    }

    @Test(arguments: ["[", "{\"k\":"])
    func `nesting is refused from one level beyond the limit`(opening: String) {
        let closing = opening == "[" ? "]" : "}"
        for levels in [30, 31, 1000, 100_000 / opening.utf8.count] {
            let nested =
                String(repeating: opening, count: levels) + "0"
                + String(repeating: closing, count: levels)
            let found = rejection(of: Array(Draft.download.setting("/data/x", nested).text.utf8))
            #expect(found?.reason == (levels == 30 ? nil : .tooDeep))
            #expect(found == nil || found?.pointer.hasPrefix("/data/x/") == true)
        }
    }

    @Test func `every beginning of an event is refused without a trap`() {
        let bytes = Array(Draft.payment.setting("/data/x", #"["é",{"a":-1.5e3}]"#).text.utf8)
        for count in 0..<bytes.count {
            let reason = rejection(of: Array(bytes[..<count]))?.reason
            #expect(reason == (count == 0 ? .empty : .invalidJSON) || reason == .invalidUTF8)
        }
        #expect(rejection(of: bytes) == nil)
    }

    @Test func `a detail is printable, names the byte and repeats little of the input`() {
        let long = String(repeating: "x", count: 5000)
        let texts = [
            "{\"a\":\u{1}}", "{\"a\":é}", "{\"a\":\"\u{7}\(long)\"}", "{\"\(long)\":?}",
            Draft.download.setting("/time", "\"\(long)\"").text,
            Draft.download.setting("/type", "\"\u{202E}é\(long)\"").text,
            Draft.download.setting("/data/units", String(repeating: "9", count: 4000)).text,
            Draft.download.setting("/datacontenttype", "\"\(long)\"").text,
        ]
        for text in texts {
            let found = rejection(of: Array(text.utf8))
            let detail = found?.detail ?? ""
            #expect(!detail.isEmpty && detail.utf8.count < 260)
            #expect(detail.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" })
            #expect((found?.pointer.utf8.count ?? 0) < 100)
        }
        #expect(
            rejection(of: Array("{\"a\":\u{1}}".utf8))?.detail
                == "expected a value at byte 5, found byte 0x01"
        )
        #expect(
            rejection(of: Array("{\"a\":1".utf8))?.detail
                == "expected ',' or '}' at byte 6, found the end"
        )
    }
}
