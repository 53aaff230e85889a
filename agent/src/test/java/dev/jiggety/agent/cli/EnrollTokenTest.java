package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.enroll.CouchEnrolmentBoard;
import dev.jiggety.agent.enroll.EnrolmentDesk;
import dev.jiggety.agent.enroll.EnrolmentTerm;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jiggety enroll token}: whom it tells a node to believe. */
class EnrollTokenTest {
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private static final SigningKey M1 = SigningKey.generate("m1", TrustedKey.Role.MANAGER);
  private static final SigningKey EVE = SigningKey.generate("m1", TrustedKey.Role.MANAGER);

  @TempDir private Path folder;

  @Test
  void aTokenNamesNoManagerThatTheOperatorDoesNotKnow() throws Exception {
    KeyFile.create(folder.resolve("ada.key"), ADA);
    Files.writeString(folder.resolve("m1.pub"), KeyFile.line(M1.trusted()) + "\n");
    HubConfig config = HubConfig.loopback(0, folder.resolve("hub")).withAdminParty();
    try (EmbeddedHub server = EmbeddedHub.start(config);
        Hub hub =
            Hub.open(
                HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT)) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      var board = new CouchEnrolmentBoard(hub, DatabaseNames.DEFAULT);
      String url = server.url().toString();

      try (EnrolmentDesk _ = EnrolmentDesk.begin(board, new Term(EVE))) {
        Cli.Result forged = token(url, "--managers", folder.resolve("m1.pub").toString());
        assertThat(forged.exitCode()).isEqualTo(ExitCode.BAD);
        assertThat(forged.err()).contains(EVE.trusted().id(), "not known here");
        assertThat(forged.out()).doesNotContain("jiggety1.");
      }
      try (EnrolmentDesk _ = EnrolmentDesk.begin(board, new Term(M1))) {
        Cli.Result right = token(url);
        assertThat(right.exitCode()).as(right.err()).isEqualTo(ExitCode.FINE);
        assertThat(right.out()).contains("jiggety1.", M1.trusted().id());
      }
      try (EnrolmentDesk _ = EnrolmentDesk.begin(board, new Term(EVE))) {
        assertThat(token(url).err()).as("m1 was seen first").contains("not known here");
      }
    }
  }

  private Cli.Result token(String url, String... more) {
    String[] first = {
      "enroll",
      "token",
      "--hub",
      url,
      "--key",
      folder.resolve("ada.key").toString(),
      "--valid",
      "1h"
    };
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Cli.run(all);
  }

  private record Term(SigningKey key) implements EnrolmentTerm {
    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Trust trust() {
      return Trust.of(List.of(ADA.trusted(), key.trusted()));
    }

    @Override
    public void says(String text) {}

    @Override
    public void trouble(String about, String text) {}

    @Override
    public void fine(String about) {}
  }
}
