public enum Kafka0 {}
