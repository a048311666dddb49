/// Events as somebody else's producer would write them.
enum SampleEvents {
    /// A download of Alipay from Google's store in the United States.
    static func download(
        id: String,
        time: String = "2021-03-01T12:00:00Z",
        units: String = "1",
        app: String = "com.eg.android.AlipayGphone",
        extra: String = ""
    ) -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:test:store","type":"cordon.app.download",\
        "time":"\(time)","data":{"store":"google","appId":"\(app)","country":"US",\
        "units":\(units)\(extra)}}
        """
    }

    /// A payment by some method between two Americans.
    static func payment(
        id: String,
        method: String = "alipay",
        time: String = "2021-01-20T12:00:00Z"
    ) -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:test:psp",\
        "type":"cordon.payment.transaction","time":"\(time)","data":\(paymentData(method: method))}
        """
    }

    /// The data of a payment, as the body of a record in binary mode.
    static func paymentData(method: String = "alipay") -> String {
        """
        {"transactionId":"t-1","paymentMethod":"\(method)","amount":"12.50","currency":"USD",\
        "payerCountry":"US","payeeCountry":"US"}
        """
    }
}
