package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.exchange.HopRequest;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request of a test as it goes over the wire.
 *
 * @param mediaType what goes with the bytes unless a header names another; null for nothing
 */
record Payload(@Nullable ByteString bytes, @Nullable String mediaType) {

  /**
   * The request with its body as bytes, and the headers that belong to body and log-in where the
   * test does not name them itself.
   *
   * @throws IllegalArgumentException when a part is not the base64 that it should be
   */
  static HopRequest request(HttpRequest asked) {
    Payload payload = of(asked.body());
    HopRequest bare = new HopRequest(asked.method(), asked.url(), asked.headers(), payload.bytes());
    List<Check.Header> headers = new ArrayList<>(asked.headers());
    if (payload.mediaType() != null && !bare.has("Content-Type")) {
      headers.add(new Check.Header("Content-Type", payload.mediaType()));
    }
    String credentials = credentials(asked.authentication());
    if (credentials != null && !bare.has("Authorization")) {
      headers.add(new Check.Header("Authorization", credentials));
    }
    return bare.withHeaders(headers);
  }

  private static @Nullable String credentials(HttpAuthentication authentication) {
    return switch (authentication) {
      case HttpAuthentication.None none -> null;
      case HttpAuthentication.Basic basic ->
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8));
      case HttpAuthentication.Bearer bearer -> "Bearer " + bearer.token();
    };
  }

  private static Payload of(HttpBody body) {
    return switch (body) {
      case HttpBody.None none -> new Payload(null, null);
      case HttpBody.Text text -> new Payload(ByteString.encodeUtf8(text.text()), null);
      case HttpBody.Json json ->
          new Payload(ByteString.encodeUtf8(json.json()), "application/json");
      case HttpBody.Form form ->
          new Payload(
              ByteString.encodeUtf8(
                  form.fields().stream()
                      .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                      .collect(Collectors.joining("&"))),
              "application/x-www-form-urlencoded");
      case HttpBody.Multipart parts -> multipart(parts.parts());
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** RFC 7578; names are escaped as browsers do it (HTML, multipart/form-data encoding). */
  private static Payload multipart(List<HttpBody.Part> parts) {
    byte[] random = new byte[12];
    ThreadLocalRandom.current().nextBytes(random);
    String boundary = "jiggety-" + HexFormat.of().formatHex(random);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (HttpBody.Part part : parts) {
      StringBuilder head = new StringBuilder("--").append(boundary).append("\r\n");
      head.append("Content-Disposition: form-data; name=\"").append(escaped(part.name()));
      if (part.fileName() != null) {
        head.append("\"; filename=\"").append(escaped(part.fileName()));
      }
      head.append("\"\r\n");
      String type = part.mediaType() == null ? guessed(part.fileName()) : part.mediaType();
      if (type != null) {
        head.append("Content-Type: ").append(type).append("\r\n");
      }
      out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      out.writeBytes(
          part.binary()
              ? Base64.getMimeDecoder().decode(part.content())
              : part.content().getBytes(StandardCharsets.UTF_8));
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return new Payload(
        ByteString.of(out.toByteArray()), "multipart/form-data; boundary=" + boundary);
  }

  private static @Nullable String guessed(@Nullable String fileName) {
    if (fileName == null) {
      return null;
    }
    String type = URLConnection.guessContentTypeFromName(fileName);
    return type == null ? "application/octet-stream" : type;
  }

  private static String escaped(String name) {
    return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
  }
}
