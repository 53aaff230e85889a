package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The object {@code connection} in the settings of a test: how to get to the site. */
final class ConnectionFields {
  private static final String NAME = "connection";

  private ConnectionFields() {}

  static Connection read(Fields settings, boolean strictly) {
    if (!settings.has(NAME)) {
      return Connection.DEFAULT;
    }
    Fields fields = settings.object(NAME);
    Connection connection =
        new Connection(
            version(fields),
            fields.oneOf("family", Family.ANY, Family.values(), Family::label),
            fields.textOrNull("address"),
            fields.textOrNull("resolver"),
            fields.textOrNull("proxy"),
            fields.textOrNull("authority"),
            fields.textOrNull("client-certificate"),
            fields.textOrNull("client-key"));
    if (strictly) {
      fields.refuseUnknown();
    }
    return connection;
  }

  static void write(JsonObject settings, Connection connection) {
    if (connection.equals(Connection.DEFAULT)) {
      return;
    }
    JsonObject json = new JsonObject();
    if (connection.version() != Version.AUTO) {
      json.addProperty("version", connection.version().label());
    }
    if (connection.family() != Family.ANY) {
      json.addProperty("family", connection.family().label());
    }
    add(json, "address", connection.address());
    add(json, "resolver", connection.resolver());
    add(json, "proxy", connection.proxy());
    add(json, "authority", connection.authority());
    add(json, "client-certificate", connection.clientCertificate());
    add(json, "client-key", connection.clientKey());
    settings.add(NAME, json);
  }

  /** A version looks like a number, and may be written as one. */
  private static Version version(Fields fields) {
    String written = fields.scalar("version");
    for (Version version : Version.values()) {
      if (version.label().equals(written)) {
        return version;
      }
    }
    if (!written.isEmpty()) {
      String allowed =
          Arrays.stream(Version.values()).map(Version::label).collect(Collectors.joining(", "));
      fields.report("version", "\"" + written + "\" is not one of " + allowed);
    }
    return Version.AUTO;
  }

  private static void add(JsonObject json, String name, @Nullable String text) {
    if (text != null) {
      json.addProperty(name, text);
    }
  }
}
