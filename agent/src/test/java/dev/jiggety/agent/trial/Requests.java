package dev.jiggety.agent.trial;

import com.google.gson.JsonObject;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Requests of ada's, who is believed, and of others. */
final class Requests {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  static final SigningKey MANAGER = SigningKey.generate("m1", TrustedKey.Role.MANAGER);
  static final Trust TRUST = Trust.of(List.of(ADA.trusted(), MANAGER.trusted()));

  private Requests() {}

  static TestDefinition test() {
    return TestDefinition.builder("home", Check.Http.get("http://127.0.0.1:1/")).build();
  }

  static TrialRequest request(String id, String... nodes) {
    return request(id, Duration.ofMinutes(1), test(), nodes);
  }

  static TrialRequest request(String id, Duration life, TestDefinition test, String... nodes) {
    return new TrialRequest(id, "ada", NOON, NOON.plus(life), new TreeSet<>(List.of(nodes)), test);
  }

  static JsonObject signed(TrialRequest request) {
    return Signatures.sign(TrialDocument.TYPE.write(request), ADA);
  }
}
