/// The version every program of Cordon reports with `--version`.
public let cordonVersion = "0.1.0"
