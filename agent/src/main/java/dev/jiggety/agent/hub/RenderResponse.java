package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** What functions of design documents answer, as HTTP (CouchDB "Response object"). */
final class RenderResponse {
  private static final Set<String> MEMBERS =
      Set.of("code", "headers", "body", "json", "base64", "stop");

  /** Of the connection, not of the answer: ours to say. */
  private static final Set<String> OURS =
      Set.of("Connection", "Content-Encoding", "Content-Length", "Transfer-Encoding");

  private RenderResponse() {}

  /**
   * Sends it.
   *
   * @param code where the function says none
   */
  static void send(Exchange exchange, JsonObject response, int code) {
    for (var member : response.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw fault("Invalid data from external server: " + member);
      }
    }
    var status = code(response, code);
    var body = body(response);
    // As CouchDB: pages that a design document makes do not act for who looks at them.
    exchange.setHeader("Content-Security-Policy", "sandbox").setHeader("Vary", "Accept");
    var type = headers(exchange, response);
    if (status == 204 || status == 304) {
      exchange.empty(status);
    } else {
      exchange.bytes(status, type, body);
    }
  }

  private static CouchError fault(String reason) {
    return new CouchError(500, "external_response_error", reason);
  }

  private static int code(JsonObject response, int otherwise) {
    if (!response.has("code")) {
      return otherwise;
    }
    var text = response.get("code").toString();
    if (!text.matches("[2-5]\\d\\d")) {
      throw fault("`code` must be a status from 200 to 599, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static byte[] body(JsonObject response) {
    if (response.has("json")) {
      return response.get("json").toString().getBytes(StandardCharsets.UTF_8);
    }
    if (response.get("base64") instanceof JsonPrimitive text) {
      try {
        return Base64.getMimeDecoder().decode(text.getAsString());
      } catch (IllegalArgumentException e) {
        throw fault("`base64` is none");
      }
    }
    return response.get("body") instanceof JsonPrimitive text
        ? text.getAsString().getBytes(StandardCharsets.UTF_8)
        : new byte[0];
  }

  /** Sets the headers but for the type, which is returned. */
  private static String headers(Exchange exchange, JsonObject response) {
    var type =
        response.has("json")
            ? Exchange.JSON
            : response.has("base64")
                ? "application/binary"
                : response.has("body") ? "text/html; charset=utf-8" : Exchange.JSON;
    if (response.get("headers") instanceof JsonObject headers) {
      for (var header : headers.entrySet()) {
        var name = HeaderText.capitalized(header.getKey());
        var value = header.getValue() instanceof JsonPrimitive text ? text.getAsString() : "";
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
            || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
          throw fault("not a header: " + header.getKey());
        }
        if (name.equals("Content-Type")) {
          type = value;
        } else if (!OURS.contains(name)) {
          exchange.setHeader(name, value);
        }
      }
    }
    return type;
  }
}
