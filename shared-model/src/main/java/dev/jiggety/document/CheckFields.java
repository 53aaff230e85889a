package dev.jiggety.document;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.Check;
import java.util.List;
import java.util.Optional;

/**
 * The settings of each kind of test: an object named like the kind, inside the test's document. A
 * kind that is not known here keeps its settings as they are.
 */
final class CheckFields {
  private static final List<String> KINDS =
      List.of(
          Check.Http.KIND,
          Check.Script.KIND,
          Check.Page.KIND,
          Check.Tcp.KIND,
          Check.Tls.KIND,
          Check.Dns.KIND);

  private CheckFields() {}

  static Check read(Fields test, String kind, boolean strictly) {
    if (!test.has(kind)) {
      Optional<String> meant = KINDS.stream().filter(test::has).findFirst();
      if (meant.isPresent()) {
        test.report("kind", "say \"kind: " + meant.get() + "\": these are its settings");
        return read(test, meant.get(), strictly);
      }
      test.report(kind, "is missing: the settings of a test of kind \"" + kind + "\"");
      return new Check.Other(kind, "{}");
    }
    Fields settings = test.object(kind);
    return switch (kind) {
      case Check.Http.KIND -> HttpFields.read(settings, strictly);
      case Check.Script.KIND -> ScriptFields.read(settings, strictly);
      case Check.Page.KIND -> PageFields.read(settings, strictly);
      case Check.Tcp.KIND -> NetFields.tcp(settings, strictly);
      case Check.Tls.KIND -> NetFields.tls(settings, strictly);
      case Check.Dns.KIND -> NetFields.dns(settings, strictly);
      default -> new Check.Other(kind, CanonicalJson.write(settings.raw()));
    };
  }

  static void write(JsonObject test, Check check) {
    switch (check) {
      case Check.Http http -> test.add(http.kind(), HttpFields.write(http));
      case Check.Script script -> test.add(script.kind(), ScriptFields.write(script));
      case Check.Page page -> test.add(page.kind(), PageFields.write(page));
      case Check.Tcp tcp -> test.add(tcp.kind(), NetFields.write(tcp));
      case Check.Tls tls -> test.add(tls.kind(), NetFields.write(tls));
      case Check.Dns dns -> test.add(dns.kind(), NetFields.write(dns));
      case Check.Other other -> test.add(other.kind(), JsonParser.parseString(other.settings()));
    }
  }
}
