public import Testing

extension Tag {
    /// Needs a Kafka broker; `deploy/test` starts one, plain `swift test` leaves these tests out.
    @Tag public static var broker: Self
}
