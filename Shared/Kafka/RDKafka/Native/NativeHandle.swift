/// Owns one C object and destroys it exactly once, unless it is handed on with `take`.
struct NativeHandle<Pointer>: ~Copyable {
    private var owned: Pointer?
    private let destroy: (Pointer) -> Void

    init(_ pointer: Pointer, destroy: @escaping (Pointer) -> Void) {
        owned = pointer
        self.destroy = destroy
    }

    deinit {
        if let owned { destroy(owned) }
    }

    /// The object; asking after `take` is a programming error.
    var pointer: Pointer {
        guard let owned else { preconditionFailure("the native object was handed on") }
        return owned
    }

    /// Gives the object to somebody who destroys it.
    mutating func take() -> Pointer {
        let taken = pointer
        owned = nil
        return taken
    }
}
