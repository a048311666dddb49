/// Events for tests, as JSON.
enum SampleEvents {
    static func download(
        id: String = "e1",
        attributes: String = "",
        data: String = #""appId":"com.example.a""#
    ) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"//store.example","#
            + #""type":"cordon.app.download","time":"2020-06-01T00:00:00Z",\#(attributes)"#
            + #""data":{"store":"apple","country":"US",\#(data)}}"#
    }

    static func payment(id: String = "p1", attributes: String = "") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"//psp.example","#
            + #""type":"cordon.payment.transaction","time":"2020-06-01T00:00:00Z",\#(attributes)"#
            + #""data":{"transactionId":"tx-9","paymentMethod":"alipay","amount":"1.50","#
            + #""currency":"USD"}}"#
    }

    /// Parseable, but the country is none.
    static func bad(id: String = "b1") -> String {
        download(id: id, data: #""appId":"com.example.a","country":"Q1""#)
            .replacing(#""country":"US","#, with: "")
    }
}
