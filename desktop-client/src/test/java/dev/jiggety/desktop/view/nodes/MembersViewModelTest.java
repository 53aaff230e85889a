package dev.jiggety.desktop.view.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Enrolments;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.desktop.view.nodes.MemberRow.State;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member.Standing;
import dev.jiggety.signing.MachinePassword;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembersViewModelTest {
  private final Bench bench = new Bench();

  @Test
  void everybodyHasAStandingAndWhatNeedsALookComesFirst() {
    Instant now = bench.clock.instant();
    bench.hub.enrolment().put(Enrolments.member("berlin-1", Standing.ACTIVE, now));
    bench.hub.enrolment().put(Enrolments.member("dublin-1", Standing.ACTIVE, now));
    Instant before = now.minus(Duration.ofDays(1));
    bench.hub.enrolment().put(Enrolments.member("lyon-1", Standing.RETIRED, before));
    bench.hub.enrolment().put(Enrolments.member("rome-1", Standing.REVOKED, before));
    bench.hub.report(Examples.node("berlin-1", now));
    bench.hub.report(Enrolments.cloned(Examples.node("dublin-1", now)));
    bench.hub.report(Examples.node("oslo-1", now));
    bench.hub.report(Examples.node("rome-1", now));
    invite("one", Admission.State.OPEN);
    invite("two", Admission.State.REFUSED);
    invite("three", Admission.State.ADMITTED);
    MembersViewModel model = open();
    assertThat(model.rows())
        .extracting(MemberRow::state)
        .containsExactly(
            State.CLONED,
            State.GHOST,
            State.STRANGER,
            State.INVITED,
            State.REFUSED,
            State.ACTIVE,
            State.ACTIVE,
            State.RETIRED);
    assertThat(row(model, "dublin-1").canRevoke()).isTrue();
    assertThat(row(model, "lyon-1").canRetire()).isFalse();
    assertThat(row(model, "lyon-1").canRevoke()).isTrue();
    assertThat(row(model, "rome-1").canRevoke()).isFalse();
    assertThat(row(model, "oslo-1").canRetire()).isFalse();
    assertThat(model.summaryProperty().get()).contains("3 members", "2 retired or revoked");
    bench.clock.pass(Duration.ofHours(2));
    assertThat(model.rows()).extracting(MemberRow::state).contains(State.EXPIRED);
  }

  @Test
  void revokingNamesTheSecretsAndTellsWhenItIsDone() {
    Instant now = bench.clock.instant();
    bench.hub.enrolment().put(Enrolments.member("paris", Standing.ACTIVE, now));
    bench.hub.enrolment().put(Enrolments.secret("shop-login", now, "paris", "lyon"));
    bench.hub.enrolment().put(Enrolments.secret("other", now, "lyon"));
    MembersViewModel model = open();
    model.dismiss(row(model, "paris"), Standing.REVOKED);
    assertThat(bench.said).containsExactly("? Revoke paris?");
    assertThat(bench.consequence).contains("shop-login", "to be changed").doesNotContain("other");
    assertThat(bench.hub.enrolment().dismissals()).as("not before yes").isEmpty();
    Objects.requireNonNull(bench.pending).run();
    Dismissal order = bench.hub.enrolment().dismissals().getFirst();
    assertThat(order.node()).isEqualTo("paris");
    assertThat(order.standing()).isEqualTo(Standing.REVOKED);
    assertThat(order.since()).isEqualTo(now);
    assertThat(order.by()).isEqualTo("ada");
    bench.hub.enrolment().carryOut(bench.clock.instant());
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(bench.said).contains("DONE: paris is revoked.");
    assertThat(row(model, "paris").state()).isEqualTo(State.REVOKED);
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void anOrderThatNobodyCarriesOutIsTold() {
    bench.hub.enrolment().put(Enrolments.member("paris", Standing.ACTIVE, bench.clock.instant()));
    MembersViewModel model = open();
    model.dismiss(row(model, "paris"), Standing.RETIRED);
    assertThat(bench.consequence).contains("name can be used again", "No secret");
    Objects.requireNonNull(bench.pending).run();
    bench.clock.pass(MembersViewModel.PATIENCE.plusSeconds(2));
    assertThat(bench.said.getLast()).contains("no manager has carried it out");
  }

  @Test
  void withoutAKeyOrAHubItSaysSo() {
    bench.hub.enrolment().put(Enrolments.member("paris", Standing.ACTIVE, bench.clock.instant()));
    MembersViewModel model = open();
    MemberRow paris = row(model, "paris");
    bench.hub.goAway();
    bench.clock.pass(MembersViewModel.OFTEN.plusSeconds(1));
    assertThat(model.summaryProperty().get()).contains("connection refused");
    assertThat(model.rows()).as("what is known stays").hasSize(1);
    model.dismiss(paris, Standing.RETIRED);
    assertThat(bench.said.getLast()).contains("connection refused");
    bench.keyFiles.lose(FakeKeys.ADA);
    bench.keys.reload();
    model.dismiss(paris, Standing.RETIRED);
    assertThat(bench.said.getLast()).contains("no key to sign with");
    assertThat(bench.unexpected).isEmpty();
  }

  private void invite(String id, Admission.State state) {
    Instant now = bench.clock.instant();
    Invitation invitation =
        new Invitation(
            id,
            new TreeSet<>(),
            id,
            MachinePassword.hash(MachinePassword.draw()),
            now,
            now.plus(Duration.ofHours(1)),
            "ada");
    bench.hub.enrolment().invite(invitation, bench.keyFiles.ada());
    bench.hub.enrolment().answer(invitation, state, id, "", now);
  }

  private MembersViewModel open() {
    MembersViewModel model = new MembersViewModel(bench.desk, bench.session(), new Random(3));
    model.activate();
    model.openProperty().set(true);
    return model;
  }

  private static MemberRow row(MembersViewModel model, String name) {
    return model.rows().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
