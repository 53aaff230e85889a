package dev.jiggety.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.identity.PendingIdentity;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Token;
import dev.jiggety.signing.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager's and the guest's parts with each other, on each server that can be a hub. */
abstract class EnrolmentContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  static final SigningKey M1 = SigningKey.generate("m1", TrustedKey.Role.MANAGER);

  @TempDir private Path folder;
  private final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");

  /** Names of nodes are those of accounts, of which a server has one set for all tests. */
  private final String mark = names.prefix().replaceAll("[^a-z0-9]", "");

  private Hub hub;
  private EnrolmentRepository enrolment;
  private EnrolmentDesk desk;

  /** Where the server is, as its administrator. */
  abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(Instant.now());
    enrolment = new CouchRepositories(hub, names).enrolment();
    desk = EnrolmentDesk.begin(new CouchEnrolmentBoard(hub, names), new Term());
  }

  @AfterEach
  void drop() {
    desk.close();
    for (String name : hub.databaseNames().ok().orElse(List.of())) {
      if (name.startsWith(names.prefix())) {
        hub.database(name).drop();
      }
    }
    hub.close();
  }

  @Test
  void aGuestBecomesANodeAndNothingOfTheTokenIsLeft() throws Exception {
    Token token = token(Duration.ofHours(1));
    assertThat(NodeSide.isLetIn(guest(token), HubOptions.DEFAULT)).isTrue();

    NodeIdentity identity = join(token, "paris").call();

    assertThat(identity.name()).isEqualTo(node("paris"));
    assertThat(identity.tags()).containsExactly("eu", "prod");
    assertThat(identity.trust()).containsExactly(M1.trusted());
    assertThat(NodeIdentity.read(data("paris")).account()).isEqualTo(identity.account());
    Member member = enrolment.member(node("paris")).orElseThrow();
    assertThat(member.standing()).isEqualTo(Member.Standing.ACTIVE);
    assertThat(member.sealing()).isEqualTo(identity.sealing().open());
    await().atMost(PATIENCE).until(() -> !NodeSide.isLetIn(guest(token), HubOptions.DEFAULT));
    String everything =
        hub.database(names.enrolment())
            .allDocs(IdRange.startingWith(""))
            .ok()
            .orElseThrow()
            .toString();
    assertThat(everything)
        .doesNotContain(token.secret().reveal(), identity.account().password().reveal());
  }

  @Test
  void whatWasOverheardServesNobodyLater() throws Exception {
    Token token = token(Duration.ofHours(1));
    join(token, "paris").call();

    assertThatThrownBy(join(token, "oslo")::call)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("used");
    assertThat(NodeIdentity.isIn(data("oslo"))).isFalse();
    assertThat(enrolment.member(node("oslo"))).isEmpty();
  }

  @Test
  void ofTwoWithOneTokenOneIsLetInAndTheOtherLearnsWhy() throws Exception {
    Token token = token(Duration.ofHours(1));
    List<String> failures = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<NodeIdentity>> both =
          threads.invokeAll(List.of(join(token, "paris"), join(token, "oslo")));
      for (Future<NodeIdentity> each : both) {
        try {
          each.get();
        } catch (ExecutionException e) {
          failures.add(String.valueOf(e.getCause().getMessage()));
        }
      }
    }

    assertThat(failures).singleElement().asString().contains("used");
    assertThat(enrolment.members()).hasSize(1);
    String won = enrolment.members().getFirst().name();
    assertThat(NodeIdentity.isIn(data(won.equals(node("paris")) ? "paris" : "oslo"))).isTrue();
  }

  @Test
  void theSameCommandGoesOnWhereItWasCut() throws Exception {
    Token token = token(Duration.ofHours(1));
    NodeIdentity first = join(token, "paris").call();
    Path data = data("paris");
    Files.delete(
        data.resolve(NodeIdentity.FOLDER).resolve("node.json")); // the last that is written
    assertThat(PendingIdentity.find(data)).isPresent();

    NodeIdentity again = join(token, "paris").call();

    assertThat(again).usingRecursiveComparison().ignoringFields("sealing").isEqualTo(first);
    assertThat(join(token, "paris").call().name()).isEqualTo(first.name());
  }

  @Test
  void aFolderThatIsAnotherNodesIsLeftAlone() throws Exception {
    join(token(Duration.ofHours(1)), "paris").call();
    Token other = token(Duration.ofHours(1));

    assertThatThrownBy(() -> joining(other, data("paris"), "oslo").join())
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("belongs to the node " + node("paris"));
    Path used = Files.createDirectories(folder.resolve("used"));
    Files.createFile(used.resolve("outbox.db"));
    assertThatThrownBy(() -> joining(other, used, "oslo").join())
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("not enrolled");
  }

  @Test
  void aNameThatIsTakenIsSaidBeforeTheTokenIsUsedUp() throws Exception {
    join(token(Duration.ofHours(1)), "paris").call();
    Token other = token(Duration.ofHours(1));

    assertThatThrownBy(() -> joining(other, data("second"), "paris").join())
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("--name");
    assertThat(joining(other, data("second"), "oslo").join().name()).isEqualTo(node("oslo"));
  }

  @Test
  void aManagerThatTheTokenDoesNotNameIsNotBelieved() {
    Token right = token(Duration.ofHours(1));
    Token token = new Token(right.invitation(), right.secret(), "00".repeat(16), Optional.empty());

    assertThatThrownBy(join(token, "paris")::call)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("not what the manager of the token has signed");
    assertThat(hub.database(names.enrolment()).get(Ids.join(right.invitation())).isOk()).isFalse();
  }

  @Test
  void aRevokedNodeIsOutWithWhatItHasOpen() throws Exception {
    NodeIdentity identity = join(token(Duration.ofHours(1)), "paris").call();
    Member member = enrolment.member(identity.name()).orElseThrow();
    try (Hub own = Hub.open(identity.addresses().getFirst(), HubOptions.DEFAULT)) {
      assertThat(own.database(names.config()).info().isOk()).isTrue();
      enrolment.dismiss(
          new Dismissal(
              "d" + mark,
              identity.name(),
              Member.Standing.REVOKED,
              member.since(),
              "stolen",
              now(),
              "ada"),
          ADA);
      await()
          .atMost(PATIENCE)
          .until(() ->
              enrolment.member(identity.name()).orElseThrow().standing()
                  == Member.Standing.REVOKED);
      assertThat(own.database(names.config()).info().isOk()).isFalse();
    }
  }

  @Test
  void aNodeThatChangesItsAccountIsOutAsWellWhenItIsRevoked() throws Exception {
    NodeIdentity identity = join(token(Duration.ofHours(1)), "paris").call();
    Member member = enrolment.member(identity.name()).orElseThrow();
    try (Hub own = Hub.open(identity.addresses().getFirst(), HubOptions.DEFAULT)) {
      String id = "org.couchdb.user:" + identity.name();
      JsonObject account = own.users().get(id).ok().orElseThrow();
      account.remove("jiggety_invitation");
      assertThat(own.users().put(account).isOk()).isTrue();
      enrolment.dismiss(
          new Dismissal(
              "e" + mark,
              identity.name(),
              Member.Standing.REVOKED,
              member.since(),
              "",
              now(),
              "ada"),
          ADA);

      await().atMost(PATIENCE).until(() -> !own.database(names.config()).info().isOk());
      assertThat(hub.users().get(id).isOk()).isFalse();
    }
  }

  @Test
  void aGuestThatChangesItsAccountIsOutAsWellWhenItsInvitationHasEnded() throws Exception {
    Token token = token(Duration.ofHours(1));
    try (Hub guest = Hub.open(guest(token), HubOptions.DEFAULT)) {
      String id = "org.couchdb.user:" + Invitation.guest(token.invitation());
      JsonObject account = guest.users().get(id).ok().orElseThrow();
      account.remove("jiggety_invitation");
      assertThat(guest.users().put(account).isOk()).isTrue();
    }
    join(token, "paris").call();

    await().atMost(PATIENCE).until(() -> !NodeSide.isLetIn(guest(token), HubOptions.DEFAULT));
  }

  @Test
  void aWrongTokenIsNoneAndTheRightOneStillServes() throws Exception {
    Token right = token(Duration.ofHours(1));
    Token wrong =
        new Token(right.invitation(), MachinePassword.draw(), right.managerKey(), Optional.empty());

    assertThatThrownBy(join(wrong, "oslo")::call)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("does not know this token");
    assertThat(join(right, "paris").call().name()).isEqualTo(node("paris"));
  }

  @Test
  void anOperatorSeesWhatBecameOfEach() throws Exception {
    token(Duration.ofHours(1));
    join(token(Duration.ofHours(1)), "paris").call();

    assertThat(enrolment.invitations())
        .extracting(it -> it.admission().map(Admission::state).orElseThrow())
        .containsExactlyInAnyOrder(Admission.State.OPEN, Admission.State.ADMITTED);
  }

  final HubAddress guest(Token token) {
    return NodeSide.as(address(), Invitation.guest(token.invitation()), token.secret());
  }

  final Token token(Duration valid) {
    Secret secret = MachinePassword.draw();
    Invitation invitation =
        new Invitation(
            Token.newId(),
            new TreeSet<>(List.of("eu", "prod")),
            "",
            MachinePassword.hash(secret),
            now(),
            now().plus(valid),
            "ada");
    enrolment.invite(invitation, ADA);
    await().atMost(PATIENCE).until(() -> enrolment.admission(invitation.id()).isPresent());
    return new Token(invitation.id(), secret, M1.trusted().id(), Optional.empty());
  }

  final Callable<NodeIdentity> join(Token token, String name) {
    return () -> joining(token, data(name), name).join();
  }

  private Joining joining(Token token, Path data, String name) {
    HubAddress there = new HubAddress(address().base(), Optional.empty());
    return new Joining(
        new Wishes(List.of(there), token, data, Optional.of(node(name)), names, Optional.empty()),
        InstantSource.system(),
        _ -> {});
  }

  private Path data(String name) {
    return folder.resolve(name);
  }

  private String node(String name) {
    return name + "-" + mark;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static HubAddress as(String url, String user, String password) {
    return HubAddress.parse(url, Optional.of(Credentials.of(user, password)));
  }

  static final class Term implements EnrolmentTerm {
    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public SigningKey key() {
      return M1;
    }

    @Override
    public Trust trust() {
      return Trust.of(List.of(ADA.trusted(), M1.trusted()));
    }

    @Override
    public void says(String text) {}

    @Override
    public void trouble(String about, String text) {}

    @Override
    public void fine(String about) {}
  }
}
