package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs scripts on a {@link FakeSite}. */
final class Scripts {
  static final Map<String, Secret> SECRETS = Map.of("shop", Secret.of("p.g$"));

  final FakeSite site = new FakeSite();

  /** A probe with fake pages, fake time and a fake name server. */
  ScriptProbe probe() {
    return new ScriptProbe(
        () -> List.of(site),
        InstantSource.fixed(Instant.EPOCH),
        site::nanos,
        site::pass,
        Scripts::names);
  }

  Sample run(String... lines) {
    return run(Check.Script.of(String.join("\n", lines)), List.of());
  }

  Sample lenient(String... lines) {
    String source = String.join("\n", lines);
    return run(
        new Check.Script(source, Map.of(), Engine.HTMLUNIT, false, false, Connection.DEFAULT),
        List.of());
  }

  Sample run(Check.Script script, List<Assertion> assertions) {
    return probe().measure(new Probe.Request(script, Duration.ofSeconds(10), assertions, SECRETS));
  }

  private static List<String> names(
      String name, String record, Optional<String> server, Duration timeout) {
    return switch (name + " " + record + server.map(s -> " " + s).orElse("")) {
      case "shop.example A", "www.shop.example A" -> List.of("192.0.2.1", "192.0.2.2");
      case "shop.example AAAA" -> List.of("2001:db8:0:0:0:0:0:1");
      case "www.shop.example CNAME" -> List.of("shop.example.");
      case "shop.example MX" -> List.of("10 mail.Shop.example.");
      case "shop.example NS ns.example" -> List.of("ns1.shop.example.");
      default -> List.of();
    };
  }
}
