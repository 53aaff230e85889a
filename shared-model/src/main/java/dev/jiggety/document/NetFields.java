package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Check;

/** The settings of tests of the kinds tcp, tls and dns. */
final class NetFields {
  private static final int HTTPS = 443;

  private NetFields() {}

  static Check.Tcp tcp(Fields settings, boolean strictly) {
    Check.Tcp tcp =
        new Check.Tcp(
            settings.text("host"),
            settings.smallNumber("port", 0),
            settings.textOrNull("send"),
            settings.textOrNull("expect"),
            settings.flag("tls", false),
            ConnectionFields.read(settings, strictly));
    return done(tcp, settings, strictly);
  }

  static Check.Tls tls(Fields settings, boolean strictly) {
    Check.Tls tls =
        new Check.Tls(
            settings.text("host"),
            settings.smallNumber("port", HTTPS),
            settings.textOrNull("server-name"),
            ConnectionFields.read(settings, strictly));
    return done(tls, settings, strictly);
  }

  static Check.Dns dns(Fields settings, boolean strictly) {
    Check.Dns dns =
        new Check.Dns(
            settings.text("name"),
            settings.oneOf(
                "record",
                Check.Dns.RecordType.A,
                Check.Dns.RecordType.values(),
                Check.Dns.RecordType::label),
            settings.textOrNull("resolver"));
    return done(dns, settings, strictly);
  }

  private static <T extends Check> T done(T check, Fields settings, boolean strictly) {
    if (strictly) {
      settings.refuseUnknown();
    }
    return check;
  }

  static JsonObject write(Check.Tcp tcp) {
    JsonObject json = new JsonObject();
    json.addProperty("host", tcp.host());
    json.addProperty("port", tcp.port());
    if (tcp.send() != null) {
      json.addProperty("send", tcp.send());
    }
    if (tcp.expect() != null) {
      json.addProperty("expect", tcp.expect());
    }
    if (tcp.tls()) {
      json.addProperty("tls", true);
    }
    ConnectionFields.write(json, tcp.connection());
    return json;
  }

  static JsonObject write(Check.Tls tls) {
    JsonObject json = new JsonObject();
    json.addProperty("host", tls.host());
    if (tls.port() != HTTPS) {
      json.addProperty("port", tls.port());
    }
    if (tls.serverName() != null) {
      json.addProperty("server-name", tls.serverName());
    }
    ConnectionFields.write(json, tls.connection());
    return json;
  }

  static JsonObject write(Check.Dns dns) {
    JsonObject json = new JsonObject();
    json.addProperty("name", dns.name());
    if (dns.record() != Check.Dns.RecordType.A) {
      json.addProperty("record", dns.record().label());
    }
    if (dns.resolver() != null) {
      json.addProperty("resolver", dns.resolver());
    }
    return json;
  }
}
