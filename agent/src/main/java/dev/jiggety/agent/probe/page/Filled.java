package dev.jiggety.agent.probe.page;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.rules.Placeholders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page test with the secrets of the node in their places. */
final class Filled {
  private static final String SECRET = "secret.";

  private final Probe.Request request;

  Filled(Probe.Request request) {
    this.request = request;
  }

  /** What stands in an address is a value, so it is encoded, unless the address begins with it. */
  String url(Check.Page page) {
    return Placeholders.fill(
        page.url(),
        key -> {
          String value = value(key);
          return value == null || page.url().startsWith("${" + key + "}")
              ? value
              : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        });
  }

  Connection connection(Check.Page page) {
    Connection connection = page.connection();
    return new Connection(
        connection.version(),
        connection.family(),
        text(connection.address()),
        text(connection.resolver()),
        text(connection.proxy()),
        text(connection.authority()),
        text(connection.clientCertificate()),
        text(connection.clientKey()));
  }

  List<Assertion> assertions() {
    return request.assertions().stream()
        .map(assertion -> Placeholders.fill(assertion, this::value))
        .toList();
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : Placeholders.fill(text, this::value);
  }

  private @Nullable String value(String key) {
    Secret secret =
        key.startsWith(SECRET) ? request.secrets().get(key.substring(SECRET.length())) : null;
    return secret == null ? null : secret.reveal();
  }
}
