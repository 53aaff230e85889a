package dev.jiggety.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Signatures;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InForceTest {
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  @Test
  void whatItLeavesBehindIsWhatAManagerLeavesBehind() throws Exception {
    try (NpmCouch couch = NpmCouch.start();
        Hub hub =
            Hub.open(
                HubAddress.parse(couch.url().toString(), Optional.empty()), HubOptions.DEFAULT)) {
      new Provisioner(hub, NAMES).provision(Instant.now());
      HubDatabase config = hub.database(NAMES.config());
      InForce inForce = new InForce(hub, NAMES);
      Head first = inForce.put(Samples.test("home"), Samples.fullTest("basket"));
      assertThat(first.release()).isEqualTo(1);
      believed(config, inForce, Configuration.EMPTY);

      Configuration before = inForce.configuration();
      TestDefinition changed = Samples.test("home").toBuilder().name("Home page").build();
      Head second = inForce.put(changed);
      assertThat(second.release()).isEqualTo(2);
      assertThat(Heads.accept(first, second, Instant.now()).isAccepted()).isTrue();
      believed(config, inForce, before);

      before = inForce.configuration();
      inForce.remove("basket");
      believed(config, inForce, before);
      assertThat(new CouchRepositories(hub, NAMES).tests().all().tests())
          .extracting(stored -> stored.value())
          .containsExactly(changed);
    }
  }

  /** Both ways of a node: by the documents alone, and by what it had and the candidate. */
  private static void believed(HubDatabase config, InForce inForce, Configuration before)
      throws Exception {
    JsonObject document = config.get("head").ok().orElseThrow();
    Signatures.check(document, inForce.trust(), Role.MANAGER);
    Head head = HeadDocument.TYPE.read(document);
    Configuration now = inForce.configuration();
    assertThat(head.digest()).isEqualTo(Digests.of(now));
    assertThat(ConfigurationRules.problems(now)).isEmpty();
    Candidate candidate = CandidateDocument.TYPE.read(config.get("candidate").ok().orElseThrow());
    assertThat(candidate.ride()).isEqualTo(head.active().ride());
    JsonObject patch = candidate.patches().getFirst();
    Signatures.check(patch, inForce.trust(), Role.OPERATOR);
    assertThat(Digests.apply(before, PatchDocument.TYPE.read(patch).changes()))
        .isEqualTo(new Digests.Done(now));
  }
}
