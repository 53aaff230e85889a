package dev.jiggety.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.certificate.CertificateFolder;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubConfig.Wire;
import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.identity.PendingIdentity;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Invitation;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.HubPin;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolment with a hub whose certificate goes back to an authority of one's own. */
class TlsEnrolmentTest {
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  @TempDir private Path folder;
  private CertificateFolder ours;
  private EmbeddedHub server;
  private Hub hub;
  private EnrolmentRepository enrolment;
  private EnrolmentDesk desk;

  @BeforeEach
  void start() throws IOException {
    ours = certificates("ours");
    server = hub("hub", ours);
    HubAddress admin =
        HubAddress.parse(
            server.url().toString(), Optional.of(Credentials.of("root", "correct horse")));
    hub = Hub.open(admin, believing(ours));
    new Provisioner(hub, NAMES).provision(Instant.now());
    enrolment = new CouchRepositories(hub, NAMES).enrolment();
    desk = EnrolmentDesk.begin(new CouchEnrolmentBoard(hub, NAMES), new EnrolmentContract.Term());
  }

  @AfterEach
  void stop() {
    desk.close();
    hub.close();
    server.close();
  }

  @Test
  void theTokenNamesTheAuthorityAndTheNodeBelievesThatOneAlone() throws Exception {
    Optional<String> pin = HubPin.of(address(server), believing(ours), true);
    assertThat(pin).contains(fingerprint(ours));

    NodeIdentity identity = joining(token(pin), address(server), "paris").join();

    Path file = NodeIdentity.authorityFile(folder.resolve("paris"));
    assertThat(Certificates.read(file))
        .containsExactly(Certificates.read(ours.authority()).getFirst());
    assertThat(identity.authority()).isNotEmpty();
    HubOptions own = HubOptions.DEFAULT.withTrust(TlsTrust.only(file));
    assertThat(NodeSide.isLetIn(identity.addresses().getFirst(), own)).isTrue();
  }

  @Test
  void whoStandsBetweenWithAnotherAuthorityHearsNothingOfTheToken() throws Exception {
    Token token = token(Optional.of(fingerprint(ours)));
    try (EmbeddedHub other = hub("other", certificates("theirs"))) {
      assertThatThrownBy(joining(token, address(other), "paris")::join)
          .isInstanceOf(JoinException.class)
          .hasMessageContaining("does not go back to the one that the token names");
      assertThat(PendingIdentity.find(folder.resolve("paris"))).isEmpty();
      assertThat(folder.resolve("other/access.jsonl")).as("nobody logged in").doesNotExist();
    }
    HubAddress plain =
        HubAddress.parse(server.url().toString().replace("https:", "http:"), Optional.empty());
    assertThatThrownBy(joining(token, plain, "paris")::join)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("https://");

    assertThat(joining(token, address(server), "paris").join().name()).isEqualTo("paris");
  }

  @Test
  void anOperatorHandsNoAuthorityOnThatHeDoesNotBelieve() throws Exception {
    try (EmbeddedHub other = hub("other", certificates("theirs"))) {
      assertThatThrownBy(() -> HubPin.of(address(other), believing(ours), true))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("not trusted");
      assertThatThrownBy(() -> HubPin.of(address(other), HubOptions.DEFAULT, false))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("not trusted");
    }
  }

  private Token token(Optional<String> pin) {
    Secret secret = MachinePassword.draw();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Invitation invitation =
        new Invitation(
            Token.newId(),
            new TreeSet<>(List.of("eu")),
            "",
            MachinePassword.hash(secret),
            now,
            now.plus(Duration.ofHours(1)),
            "ada");
    enrolment.invite(invitation, EnrolmentContract.ADA);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hub.database(NAMES.enrolment()).get(Ids.admission(invitation.id())).isOk());
    return new Token(invitation.id(), secret, EnrolmentContract.M1.trusted().id(), pin);
  }

  private Joining joining(Token token, HubAddress there, String name) {
    return new Joining(
        new Wishes(
            List.of(there),
            token,
            folder.resolve(name),
            Optional.of(name),
            NAMES,
            Optional.empty()),
        InstantSource.system(),
        _ -> {});
  }

  private EmbeddedHub hub(String name, CertificateFolder files) {
    return EmbeddedHub.start(
        HubConfig.at("127.0.0.1", 0, folder.resolve(name))
            .withAdmin("root", Secret.of("correct horse"))
            .withLimits(HubConfig.Limits.DEFAULT.withPasswordIterations(1_000))
            .withWire(new Wire.Tls(files.certificate(), files.key())));
  }

  private CertificateFolder certificates(String name) throws IOException {
    CertificateFolder files = new CertificateFolder(folder.resolve("tls-" + name));
    files.provision(List.of("hub.example"), false, Instant.now());
    return files;
  }

  private static HubOptions believing(CertificateFolder files) {
    return HubOptions.DEFAULT.withTrust(TlsTrust.only(files.authority()));
  }

  private static String fingerprint(CertificateFolder files) {
    return Certificates.fingerprint(Certificates.read(files.authority()).getFirst());
  }

  private static HubAddress address(EmbeddedHub server) {
    return HubAddress.parse(server.url().toString(), Optional.empty());
  }
}
