package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.AccountKey;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of members and invitations, for each server that can be a hub. */
public abstract class EnrolmentRepositoryContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);

  private final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub hub;
  private HubDatabase database;
  private EnrolmentRepository enrolment;

  /** Where the server is that is tested; everybody may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOON);
    database = hub.database(names.enrolment());
    enrolment = new CouchRepositories(hub, names).enrolment();
  }

  @AfterEach
  void dropDatabases() {
    for (String name : hub.databaseNames().ok().orElse(List.of())) {
      if (name.startsWith(names.prefix())) {
        hub.database(name).drop();
      }
    }
    hub.close();
  }

  @Test
  void anInvitationIsThereSignedAndHandingItInTwiceIsOnce() throws Exception {
    Invitation invitation = invitation("0a1b2c3d4e5f6071", "paris");
    enrolment.invite(invitation, ADA);
    enrolment.invite(invitation, ADA);

    JsonObject there = database.get(Ids.invitation(invitation.id())).ok().orElseThrow();
    Signatures.check(there, Trust.of(List.of(ADA.trusted())), TrustedKey.Role.OPERATOR);
    assertThat(enrolment.invitations())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.invitation()).isEqualTo(invitation);
          assertThat(it.admission()).isEmpty();
        });
    assertThatThrownBy(() -> enrolment.invite(invitation("0a1b2c3d4e5f6071", "oslo"), ADA))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("another id");
  }

  @Test
  void nobodyInvitesOrDismissesInAnothersName() {
    SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);

    assertThatThrownBy(() -> enrolment.invite(invitation("0a1b2c3d4e5f6071", ""), bob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key of your own");
    assertThatThrownBy(() -> enrolment.dismiss(dismissal(), bob))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatTheManagerSaysIsSeen() {
    Invitation invitation = invitation("0a1b2c3d4e5f6071", "");
    enrolment.invite(invitation, ADA);
    Admission open = admission(invitation.id());
    String rev = write(AdmissionDocument.TYPE, open, "");
    assertThat(enrolment.admission(invitation.id())).contains(open);
    assertThat(enrolment.admission("1a1b2c3d4e5f6071")).isEmpty();

    Admission admitted = open.ended(Admission.State.ADMITTED, "paris", "", NOON, "m1");
    write(AdmissionDocument.TYPE, admitted, rev);
    write(MemberDocument.TYPE, member("paris"), "");

    assertThat(enrolment.invitations())
        .singleElement()
        .satisfies(it -> assertThat(it.admission()).contains(admitted));
    assertThat(enrolment.members()).containsExactly(member("paris"));
    assertThat(enrolment.member("paris")).contains(member("paris"));
    assertThat(enrolment.member("oslo")).isEmpty();
  }

  @Test
  void whoFollowsHearsWhatIsThereAndWhatComes() {
    Invitation first = invitation("0a1b2c3d4e5f6071", "");
    enrolment.invite(first, ADA);
    List<Object> heard = new CopyOnWriteArrayList<>();
    try (HubFeed.Subscription _ = enrolment.follow(new Ears(heard))) {
      await().until(() -> heard.contains(first));
      Admission admission = admission(first.id());
      write(AdmissionDocument.TYPE, admission, "");
      write(MemberDocument.TYPE, member("paris"), "");
      await().until(() -> heard.contains(admission) && heard.contains(member("paris")));
      String id = Ids.invitation(first.id());
      String rev = database.get(id).ok().orElseThrow().get("_rev").getAsString();
      assertThat(database.delete(id, rev).isOk()).isTrue();
      await().until(() -> heard.contains("forgotten " + first.id()));
    }
  }

  private <T> String write(DocumentType<T> type, T value, String rev) {
    JsonObject document = type.write(value);
    if (!rev.isEmpty()) {
      document.addProperty("_rev", rev);
    }
    return database.put(document).ok().orElseThrow();
  }

  private static Invitation invitation(String id, String name) {
    return new Invitation(
        id,
        new TreeSet<>(List.of("eu", "prod")),
        name,
        new AccountKey("00".repeat(16), 1_000, "ab".repeat(20)),
        NOON,
        NOON.plusSeconds(3600),
        "ada");
  }

  private static Admission admission(String invitation) {
    return new Admission(
        invitation,
        Admission.State.OPEN,
        "",
        new TreeSet<>(List.of("eu")),
        "",
        List.of(),
        NOON,
        "m1");
  }

  private static Member member(String name) {
    return new Member(
        name, new TreeSet<>(List.of("eu")), "c2VhbGluZw==", Member.Standing.ACTIVE, NOON, "ada");
  }

  private static Dismissal dismissal() {
    return new Dismissal("d1", "paris", Member.Standing.RETIRED, NOON, "", NOON, "ada");
  }

  private record Ears(List<Object> heard) implements EnrolmentRepository.Listener {
    @Override
    public void member(Member member) {
      heard.add(member);
    }

    @Override
    public void invitation(Invitation invitation) {
      heard.add(invitation);
    }

    @Override
    public void admission(Admission admission) {
      heard.add(admission);
    }

    @Override
    public void forgotten(String invitationId) {
      heard.add("forgotten " + invitationId);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      // what is heard is what counts here
    }
  }
}
