import Testing

@testable import Events

@Suite struct BinaryModeTests {
    private static let attributes = [
        ("specversion", "1.0"), ("id", "e-1"), ("source", "psp"),
        ("type", "cordon.payment.transaction"), ("time", "2020-03-01T12:34:56Z"),
    ]
    private static let data =
        #"{"transactionId":"t","paymentMethod":"card","amount":"1","currency":"USD"}"#

    /// The structured form of an event in binary mode.
    private func convert(
        _ attributes: [(String, String)],
        contentType: String? = nil,
        data: String
    ) throws(Rejection) -> [UInt8] {
        var mode = BinaryMode()
        mode.begin()
        for (name, value) in attributes {
            let (name, value) = (Array(name.utf8), Array(value.utf8))
            unsafe mode.attribute(name.span.bytes, value.span.bytes)
        }
        var output: [UInt8] = []
        let type = Array((contentType ?? "").utf8)
        let body = Array(data.utf8)
        unsafe try mode.finish(
            contentType: contentType == nil ? nil : type.span.bytes,
            data: body.span.bytes,
            into: &output
        )
        return output
    }

    @Test func `attributes become texts and the data stand as they are`() throws {
        let json = try convert(
            [("id", "a\"b"), ("subject", "zwölf\n")],
            contentType: "application/json",
            data: " {\"x\": [1, 2.50]}\n"
        )
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"{"id":"a\"b","subject":"zwölf\n","datacontenttype":"application/json","data":"#
                + " {\"x\": [1, 2.50]}\n}"
        )
    }

    @Test func `an event in binary mode scans as one in structured mode`() throws {
        let scan = try Scan(
            convert(
                Self.attributes + [("partitionkey", "k"), ("trace", "kept")],
                contentType: "application/json; charset=utf-8",
                data: Self.data
            )
        )
        #expect(scan[scan.event.id] == "e-1")
        #expect(scan[scan.event.partitionKey] == "k")
        #expect(scan[scan.event.data] == Self.data)
        #expect(scan.event.type == .paymentTransaction)
    }

    @Test(arguments: ["ID", "data_base64", "a-b", "", "é", "a b"])
    func `what is no attribute's name is left out`(name: String) throws {
        let json = try convert([(name, "x"), ("id", "1")], data: "{}")
        #expect(String(decoding: json, as: UTF8.self) == #"{"id":"1","data":{}}"#)
    }

    @Test(
        arguments: [
            ("", nil, .empty, "/data"), (" \n", nil, .empty, "/data"),
            ("{}", "text/plain", .unsupportedContentType, "/datacontenttype"),
            ("{}", "application/cloudevents+avro", .unsupportedContentType, "/datacontenttype"),
            ("{}", "", .unsupportedContentType, "/datacontenttype"),
            ("{", nil, .invalidJSON, "/data"), ("{}}", nil, .invalidJSON, "/data"),
            (#"{},"id":"other""#, nil, .invalidJSON, "/data"),
            (#"{"a":[0,x]}"#, nil, .invalidJSON, "/data/a/1"),
            ("\u{FEFF}{}", nil, .invalidJSON, "/data"),
        ] as [(String, String?, Rejection.Reason, String)]
    )
    func `unsound data are refused`(
        data: String,
        contentType: String?,
        reason: Rejection.Reason,
        pointer: String
    ) {
        let error = #expect(throws: Rejection.self) {
            try convert(Self.attributes, contentType: contentType, data: data)
        }
        #expect(error?.reason == reason)
        #expect(error?.pointer == pointer)
    }

    @Test(arguments: ["id", "time", "data", "datacontenttype"])
    func `an attribute that stands there twice is found by the scan`(name: String) throws {
        let twice = Self.attributes + [(name, "application/json")]
        let json = try convert(twice, contentType: "application/json", data: Self.data)
        #expect(rejection(of: json)?.reason == .duplicateMember)
        #expect(rejection(of: json)?.pointer == "/" + name)
    }

    @Test func `a converter is used again without traces of the last event`() throws {
        var mode = BinaryMode()
        var output = Array("old".utf8)
        let (name, value, data) = (Array("id".utf8), Array("1".utf8), Array("[]".utf8))
        for _ in 0..<3 {
            mode.begin()
            unsafe mode.attribute(name.span.bytes, value.span.bytes)
            unsafe try mode.finish(contentType: nil, data: data.span.bytes, into: &output)
            #expect(String(decoding: output, as: UTF8.self) == #"{"id":"1","data":[]}"#)
        }
    }
}
