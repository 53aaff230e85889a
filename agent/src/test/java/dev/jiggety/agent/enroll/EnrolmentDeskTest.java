package dev.jiggety.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DismissalDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.InvitationDocument;
import dev.jiggety.document.JoinDocument;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.AccountKey;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Join;
import dev.jiggety.model.Member;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manager's part, on a hub in memory, with a clock that stands still unless it is turned. */
class EnrolmentDeskTest {
  private static final String ONE = "0a1b2c3d4e5f6071";
  private static final String TWO = "1a1b2c3d4e5f6071";
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private static final SigningKey M1 = SigningKey.generate("m1", TrustedKey.Role.MANAGER);
  private static final String SEALING = SealingKey.generate().open();
  private static final String OTHER = SealingKey.generate().open();

  private final MemoryBoard board = new MemoryBoard();
  private final Term term = new Term();
  private EnrolmentDesk desk = EnrolmentDesk.idle(board, term);

  @Test
  void anInvitationIsOpenedWithAnAccountThatKnowsTheHashAlone() throws Exception {
    Invitation invitation = invite(ONE, "");

    turn();

    Admission admission = admission(ONE);
    assertThat(admission.state()).isEqualTo(Admission.State.OPEN);
    assertThat(admission.keys()).containsExactly(M1.trusted());
    assertThat(admission.tags()).containsExactly("eu");
    Signatures.check(
        board.documents.get(Ids.admission(ONE)),
        Trust.of(List.of(M1.trusted())),
        TrustedKey.Role.MANAGER);
    assertThat(board.accounts)
        .containsOnlyKeys("guest-" + ONE)
        .containsValue(new Account("guest-" + ONE, HubRole.GUEST, ONE, invitation.account()));
  }

  @Test
  void whoAsksGetsAnAccountAndTheGuestIsGone() throws Exception {
    invite(ONE, "");
    turn();
    Join join = join(ONE, "paris");

    turn();

    assertThat(admission(ONE).state()).isEqualTo(Admission.State.ADMITTED);
    assertThat(admission(ONE).node()).isEqualTo("paris");
    assertThat(board.accounts).containsOnlyKeys("paris");
    assertThat(board.accounts.get("paris"))
        .isEqualTo(new Account("paris", HubRole.NODE, ONE, join.account()));
    assertThat(member("paris"))
        .isEqualTo(
            new Member(
                "paris",
                new TreeSet<>(List.of("eu")),
                SEALING,
                Member.Standing.ACTIVE,
                NOON,
                "ada"));
    Signatures.check(
        board.documents.get(Ids.member("paris")),
        Trust.of(List.of(M1.trusted())),
        TrustedKey.Role.MANAGER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killedBeforeOrAfterAnyWriteAnotherManagerGoesOn(boolean cutAfter) throws Exception {
    for (int left = 0; left < 7; left++) {
      MemoryBoard cut = new MemoryBoard();
      cut.cutAfter = cutAfter;
      cut.writesLeft = left;
      put(cut, InvitationDocument.TYPE.write(invitation(ONE, "")));
      boolean hasAsked = false;
      desk = EnrolmentDesk.idle(cut, term);
      for (int manager = 0; manager < 3; manager++) {
        Registrar registrar = new Registrar(cut, term);
        try {
          registrar.settle(ONE);
          if (!hasAsked) {
            hasAsked = true;
            cut.place(JoinDocument.TYPE.write(asked(ONE, "paris", account("join"))));
          }
          registrar.settle(ONE);
        } catch (RuntimeException e) {
          assertThat(e).hasMessage("cut");
          cut.writesLeft = Integer.MAX_VALUE;
        }
      }
      assertThat(AdmissionDocument.TYPE.read(cut.documents.get(Ids.admission(ONE))).state())
          .as("cut after %d writes", left)
          .isEqualTo(Admission.State.ADMITTED);
      assertThat(cut.accounts).containsOnlyKeys("paris");
      assertThat(cut.documents).containsKey(Ids.member("paris"));
    }
  }

  @Test
  void ofTwoWhoWantOneNameTheSecondLearnsWhy() throws Exception {
    invite(ONE, "");
    invite(TWO, "");
    turn();
    join(ONE, "paris");
    turn();
    join(TWO, "paris");
    turn();

    assertThat(admission(TWO).state()).isEqualTo(Admission.State.REFUSED);
    assertThat(admission(TWO).reason()).contains("there is a node paris already");
    assertThat(board.accounts).containsKey("guest-" + TWO); // to read that
    term.now = NOON.plus(Duration.ofMinutes(2));
    turn();
    assertThat(board.accounts).containsOnlyKeys("paris");
  }

  @Test
  void aNameThatIsSomebodysAccountIsNotGivenAway() throws Exception {
    board.accounts.put("grace", new Account("grace", HubRole.OPERATOR, "", account("hers")));
    invite(ONE, "");
    turn();
    join(ONE, "grace");
    turn();

    assertThat(admission(ONE).reason()).contains("there is an account grace on the hub already");
    assertThat(board.accounts.get("grace").role()).isEqualTo(HubRole.OPERATOR);
    assertThat(board.documents).doesNotContainKey(Ids.member("grace"));
  }

  @Test
  void whoAsksWithTheKeyOfANodeWithoutAnAccountDoesNotBecomeThatNode() throws Exception {
    letIn(ONE, "paris");
    board.accounts.remove("paris"); // as an administrator can
    invite(TWO, "oslo");
    turn();
    join(TWO, "paris"); // with the sealing key of paris, which all guests read
    turn();

    assertThat(admission(TWO).state()).isEqualTo(Admission.State.REFUSED);
    assertThat(board.accounts).doesNotContainKey("paris");
  }

  @Test
  void whatNoOperatorHasSignedOpensNothing() throws Exception {
    SigningKey eve = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
    board.place(Signatures.sign(InvitationDocument.TYPE.write(invitation(ONE, "")), eve));
    JsonObject changed = Signatures.sign(InvitationDocument.TYPE.write(invitation(TWO, "")), ADA);
    changed.addProperty("expires", NOON.plus(Duration.ofDays(6)).toEpochMilli());
    board.place(changed);
    desk.add(Ids.invitation(ONE));
    desk.add(Ids.invitation(TWO));
    turn();

    assertThat(admission(ONE).state()).isEqualTo(Admission.State.REFUSED);
    assertThat(admission(ONE).reason()).contains("nobody here trusts");
    assertThat(admission(TWO).reason()).contains("is not what ada has signed");
    assertThat(board.accounts).isEmpty();
  }

  @Test
  void whoComesTooLateFindsItClosed() throws Exception {
    invite(ONE, "");
    turn();
    term.now = NOON.plus(Duration.ofHours(1));
    join(ONE, "paris");
    turn();

    assertThat(admission(ONE).state()).isEqualTo(Admission.State.EXPIRED);
    assertThat(board.accounts).isEmpty();
    assertThat(board.documents).doesNotContainKey(Ids.member("paris"));
  }

  @Test
  void anOpenInvitationExpiresByItself() throws Exception {
    invite(ONE, "");
    turn();
    term.now = NOON.plus(Duration.ofHours(1));
    desk.turn(); // nobody has told anything

    assertThat(admission(ONE).state()).isEqualTo(Admission.State.EXPIRED);
    assertThat(board.accounts).isEmpty();
  }

  @Test
  void anInvitationForOneNameServesNoOther() throws Exception {
    invite(ONE, "paris");
    turn();
    join(ONE, "oslo");
    turn();

    assertThat(admission(ONE).reason()).contains("for the node paris alone");
  }

  @Test
  void aRevokedNodeIsOutAndItsNameIsGone() throws Exception {
    letIn(ONE, "paris");
    dismiss("d1", "paris", Member.Standing.REVOKED, NOON);
    turn();

    assertThat(board.accounts).isEmpty();
    assertThat(member("paris").standing()).isEqualTo(Member.Standing.REVOKED);
    invite(TWO, "");
    turn();
    join(TWO, "paris");
    turn();
    assertThat(admission(TWO).reason()).contains("was revoked");
  }

  @Test
  void aRetiredNodeComesBackAndTheOldWordDoesNothingToIt() throws Exception {
    letIn(ONE, "paris");
    dismiss("d1", "paris", Member.Standing.RETIRED, NOON);
    term.now = NOON.plusSeconds(10);
    turn();
    assertThat(member("paris").standing()).isEqualTo(Member.Standing.RETIRED);
    term.now = NOON.plusSeconds(20);
    letIn(TWO, "paris");
    desk.add(Ids.dismissal("d1")); // told once more, as to a manager that has just begun
    turn();

    assertThat(member("paris").standing()).isEqualTo(Member.Standing.ACTIVE);
    assertThat(board.accounts).containsOnlyKeys("paris");
  }

  @Test
  void nobodyIsDismissedByWhomNobodyTrusts() throws Exception {
    letIn(ONE, "paris");
    SigningKey eve = SigningKey.generate("eve", TrustedKey.Role.OPERATOR);
    Dismissal dismissal =
        new Dismissal("d1", "paris", Member.Standing.REVOKED, NOON, "", NOON, "eve");
    board.place(Signatures.sign(DismissalDocument.TYPE.write(dismissal), eve));
    turn();

    assertThat(member("paris").standing()).isEqualTo(Member.Standing.ACTIVE);
    assertThat(board.accounts).containsOnlyKeys("paris");
  }

  @Test
  void anAccountThatASleepingManagerMadeForADismissedNodeGoesAgain() throws Exception {
    letIn(ONE, "paris");
    Account account = board.accounts.get("paris");
    dismiss("d1", "paris", Member.Standing.REVOKED, NOON);
    turn();
    board.accounts.put("paris", account);
    term.now = NOON.plus(Duration.ofMinutes(2));
    turn();

    assertThat(board.accounts).isEmpty();
  }

  @Test
  void aManagerWhoseTurnIsOverWritesNothing() throws Exception {
    invite(ONE, "");
    term.isOver = true;
    turn();

    assertThat(board.writes).isZero();
  }

  @Test
  void whatIsLongOverIsForgottenAndTheMemberStays() throws Exception {
    letIn(ONE, "paris");
    term.now = NOON.plus(Duration.ofDays(40));
    turn();

    assertThat(board.documents).containsOnlyKeys(Ids.member("paris"));
    assertThat(board.accounts).containsOnlyKeys("paris");
  }

  @Test
  void aSealingKeyThatIsNoneIsRefused() throws Exception {
    invite(ONE, "");
    turn();
    board.place(JoinDocument.TYPE.write(new Join(ONE, "paris", "bm9uZQ==", account("x"), NOON)));
    desk.add(Ids.join(ONE));
    turn();

    assertThat(admission(ONE).reason()).contains("sealing key is none");
    assertThat(board.accounts).doesNotContainKey("paris");
  }

  private void letIn(String invitation, String name) throws Exception {
    invite(invitation, "");
    turn();
    join(invitation, name);
    turn();
    assertThat(member(name).standing()).isEqualTo(Member.Standing.ACTIVE);
  }

  private void turn() throws Exception {
    desk.turn();
  }

  private Invitation invite(String id, String name) {
    Invitation invitation = invitation(id, name);
    put(board, InvitationDocument.TYPE.write(invitation));
    desk.add(Ids.invitation(id));
    return invitation;
  }

  private static void put(MemoryBoard board, JsonObject document) {
    board.place(Signatures.sign(document, ADA));
  }

  private Invitation invitation(String id, String name) {
    return new Invitation(
        id,
        new TreeSet<>(List.of("eu")),
        name,
        account("token"),
        NOON,
        term.now.plus(Duration.ofHours(1)),
        "ada");
  }

  private Join join(String invitation, String name) {
    Join join = asked(invitation, name, account("join"));
    board.place(JoinDocument.TYPE.write(join));
    desk.add(Ids.join(invitation));
    return join;
  }

  private static Join asked(String invitation, String name, AccountKey account) {
    return new Join(invitation, name, invitation.equals(ONE) ? SEALING : OTHER, account, NOON);
  }

  private void dismiss(String id, String node, Member.Standing standing, Instant since) {
    put(
        board,
        DismissalDocument.TYPE.write(
            new Dismissal(id, node, standing, since, "a test", NOON, "ada")));
    desk.add(Ids.dismissal(id));
  }

  private static AccountKey account(String password) {
    return MachinePassword.hash(Secret.of(password));
  }

  private Admission admission(String id) {
    return AdmissionDocument.TYPE.read(board.documents.get(Ids.admission(id)));
  }

  private Member member(String name) {
    return MemberDocument.TYPE.read(board.documents.get(Ids.member(name)));
  }

  private static final class Term implements EnrolmentTerm {
    Instant now = NOON;
    boolean isOver;

    @Override
    public boolean isOver() {
      return isOver;
    }

    @Override
    public Instant now() {
      return now;
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
    public void trouble(String about, String text) {
      throw new AssertionError(about + ": " + text);
    }

    @Override
    public void fine(String about) {}
  }
}
