/// Something bought inside an app, a `cordon.app.purchase`.
struct Purchase: Sendable {
    let moment: StreamMoment
    let app: DemoApp
    let listing: Listing
    let country: String
    let price: Price
    /// As the store codes it; nil where it keeps silent.
    let method: String?
    /// What the order's rule must find, nil if nothing.
    let target: OrderTarget?
}
