/// An app of the stream.
struct DemoApp: Sendable {
    let name: String
    var publisher: String?
    let listings: [Listing]
    let rhythm: HourWeights.Rhythm
    /// The app as the order names it; nil for an app in the background.
    var target: OrderTarget?
}
