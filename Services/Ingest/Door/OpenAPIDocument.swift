import ServiceKit

/// What `GET /openapi.json` serves: the door described for programs, in OpenAPI 3.1.
enum OpenAPIDocument {
    /// The document as JSON.
    static let text = """
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Cordon ingest",
            "version": "\(cordonVersion)",
            "summary": "Takes app-store and payment events in and writes them to Kafka."
          },
          "paths": {
            "/v1/events": { "post": \(postEvents) },
            "/v1/rules": { "get": \(get("readRules", "The rule set that events are judged by.")) },
            "/openapi.json": { "get": \(get("describeService", "This document.")) },
            "/livez": { "get": \(get("checkAlive", "The process answers.")) },
            "/healthz": { "get": \(get("checkHealth", "The same as /livez.")) },
            "/readyz": { "get": \(getReadiness) },
            "/metrics": { "get": \(get("readMetrics", "Prometheus text format 0.0.4.")) }
          },
          "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": \(schemas),
            "responses": {
              "Problem": {
                "description": "Nothing is claimed about any event.",
                "content": {
                  "application/problem+json": {
                    "schema": { "$ref": "#/components/schemas/Problem" }
                  }
                }
              }
            }
          }
        }

        """

    private static let problem = ##"{ "$ref": "#/components/responses/Problem" }"##
    private static let event = ##"{ "$ref": "#/components/schemas/Event" }"##

    private static let postEvents = """
        {
          "operationId": "publishEvents",
          "summary": "Publishes events; 2xx only after the broker has acknowledged them.",
          "description": "One event in structured mode, a JSON array of events, one event a line, \
        or binary mode: attributes in ce-* headers, data in the body.",
          "security": [ {}, { "token": [] } ],
          "parameters": [
            { "name": "traceparent", "in": "header", "schema": { "type": "string" },
              "description": "W3C trace context, passed on in the record's headers." },
            { "name": "tracestate", "in": "header", "schema": { "type": "string" } }
          ],
          "requestBody": {
            "required": true,
            "content": {
              "application/cloudevents+json": { "schema": \(event) },
              "application/cloudevents-batch+json": {
                "schema": { "type": "array", "items": \(event) }
              },
              "application/x-ndjson": { "schema": { "type": "string" } },
              "application/json": {
                "schema": { "type": "object", "description": "The data, with ce-* headers." }
              }
            }
          },
          "responses": {
            "202": \(report("All events were accepted.")),
            "207": \(report("Some events were rejected, the others accepted.")),
            "422": \(report("All events were rejected.")),
            "400": \(problem),
            "401": \(problem),
            "403": \(problem),
            "413": \(problem),
            "415": \(problem),
            "503": {
              "description": "The broker cannot take events now. Repeat the request; repeats of \
        an event are recognised by source and id.",
              "headers": { "Retry-After": { "schema": { "type": "integer" } } },
              "content": {
                "application/problem+json": {
                  "schema": { "$ref": "#/components/schemas/Problem" }
                }
              }
            }
          }
        }
        """

    private static let getReadiness = """
        {
          "operationId": "checkReadiness",
          "summary": "The broker can be written to.",
          "responses": {
            "200": { "description": "Ready.", "content": { "application/json": {} } },
            "503": { "description": "Not ready, with the reasons.",
              "content": { "application/json": {} } }
          }
        }
        """

    private static let schemas = """
        {
          "Event": {
            "type": "object",
            "description": "A CloudEvent 1.0; time is required. Attributes and members of data \
        that are not listed are kept and passed on.",
            "required": ["specversion", "id", "source", "type", "time", "data"],
            "properties": {
              "specversion": { "const": "1.0" },
              "id": { "type": "string", "minLength": 1 },
              "source": { "type": "string", "minLength": 1 },
              "type": {
                "enum": [
                  "cordon.app.download", "cordon.app.purchase", "cordon.payment.transaction"
                ]
              },
              "time": { "type": "string", "format": "date-time" },
              "subject": { "type": "string" },
              "partitionkey": { "type": "string" },
              "data": { "type": "object" }
            }
          },
          "Report": {
            "type": "object",
            "required": ["accepted", "rejected", "errors"],
            "properties": {
              "accepted": { "type": "integer", "minimum": 0 },
              "rejected": { "type": "integer", "minimum": 0 },
              "errors": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["index", "id", "pointer", "reason", "detail"],
                  "properties": {
                    "index": { "type": "integer", "minimum": 0 },
                    "id": { "type": ["string", "null"] },
                    "pointer": { "type": "string", "format": "json-pointer" },
                    "reason": { "type": "string" },
                    "detail": { "type": "string" }
                  }
                }
              }
            }
          },
          "Problem": {
            "type": "object",
            "description": "RFC 9457.",
            "required": ["type", "title", "status", "detail"],
            "properties": {
              "type": { "type": "string", "format": "uri" },
              "title": { "type": "string" },
              "status": { "type": "integer" },
              "detail": { "type": "string" },
              "errors": { "type": "array", "items": { "type": "object" } }
            }
          }
        }
        """

    private static func report(_ description: String) -> String {
        """
        {
          "description": "\(description)",
          "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/Report" } }
          }
        }
        """
    }

    private static func get(_ identifier: String, _ summary: String) -> String {
        """
        { "operationId": "\(identifier)", "summary": "\(summary)",
          "responses": { "200": { "description": "\(summary)" } } }
        """
    }
}
