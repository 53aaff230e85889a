package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.model.AccessEvent;
import dev.jiggety.model.AccessEvent.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginGuardTest {
  private static final Set<String> ACCOUNTS = Set.of("ada", "grace");

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private AccessLog log;
  private LoginGuard guard;

  @BeforeEach
  void start() {
    log = new AccessLog(folder, () -> now);
    guard = new LoginGuard(() -> now, log, ACCOUNTS::contains);
  }

  @Test
  void oneNameFromOneAddressIsLockedOutThereAndNowhereElse() {
    fail("ada", "10.0.0.9", LoginGuard.TRIES - 1);
    open("ada", "10.0.0.9");
    fail("ada", "10.0.0.9", 1);
    locked("ada", "10.0.0.9");
    open("ada", "10.0.0.7");
    open("grace", "10.0.0.9");
    now = now.plus(LoginGuard.SPAN);
    open("ada", "10.0.0.9");
  }

  @Test
  void anAddressThatTriesManyNamesIsLockedOut() {
    for (int i = 0; i < LoginGuard.MANY; i++) {
      open("name-" + i, "10.0.0.9");
      fail("name-" + i, "10.0.0.9", 1);
    }
    locked("ada", "10.0.0.9");
    open("ada", "10.0.0.7");
    assertThat(log.last().getLast())
        .isEqualTo(
            new AccessEvent(
                now,
                Kind.LOCKED,
                "",
                "10.0.0.9",
                "30 wrong passwords from there: locked out for 5 minutes"));
  }

  @Test
  void aNameThatIsTriedFromManyAddressesIsLockedOutButWhereItBelongs() {
    guard.succeeded("ada", "10.0.0.7");
    for (int i = 0; i < LoginGuard.MANY; i++) {
      fail("ada", "10.1.0." + i, 1);
    }
    locked("ada", "10.1.1.1");
    open("ada", "10.0.0.7");
    open("grace", "10.1.1.1");
    assertThat(log.last().getLast().what()).contains("locked out everywhere");
  }

  @Test
  void whoSharesAnAddressWithAGuesserGoesOnWorking() {
    guard.succeeded("ada", "10.0.0.1"); // a proxy: everybody comes from there
    for (int i = 0; i < LoginGuard.MANY; i++) {
      fail("name-" + i, "10.0.0.1", 1);
    }
    open("ada", "10.0.0.1");
    locked("grace", "10.0.0.1");
    now = now.plus(LoginGuard.SPAN);
    open("grace", "10.0.0.1");
  }

  @Test
  void allAddressesOfOneIpv6NetworkAreOne() {
    for (int i = 0; i < LoginGuard.TRIES; i++) {
      fail("ada", "2001:db8:1:2::" + i, 1);
    }
    locked("ada", "2001:db8:1:2:ffff::1");
    open("ada", "2001:db8:1:3::1");
  }

  @Test
  void theLockedOutAreToldHowLongAndWhereToLook() {
    fail("ada", "10.0.0.9", LoginGuard.TRIES);
    assertThatThrownBy(() -> guard.check("ada", "10.0.0.9"))
        .isInstanceOf(CouchError.class)
        .hasMessageContaining("wait 5 minutes")
        .hasMessageContaining("jiggety account audit");
  }

  @Test
  void whatIsNoAccountIsRecordedWithoutItsName() {
    fail("correct horse battery staple", "10.0.0.9", 1);
    fail("ada", "10.0.0.9", 1);
    assertThat(log.last())
        .extracting(AccessEvent::who, AccessEvent::what)
        .containsExactly(tuple("", "no such account"), tuple("ada", "wrong password"));
    assertThat(folder.resolve(AccessLog.FILE)).content().doesNotContain("horse");
  }

  @Test
  void aFloodFillsNoDiskAndItsSizeIsToldAfterwards() {
    for (int i = 0; i < 20_000; i++) {
      fail("ada", "10.%d.%d.1".formatted(i / 250, i % 250), 1);
    }
    assertThat(AccessRecord.read(folder)).hasSize(LoginGuard.RECORDED);
    assertThat(guard.refused()).isEqualTo(20_000);
    now = now.plus(LoginGuard.SPAN).plus(Duration.ofSeconds(1));
    fail("grace", "10.0.0.9", 1);
    assertThat(AccessRecord.read(folder))
        .hasSize(LoginGuard.RECORDED + 2)
        .anySatisfy(event -> assertThat(event.what()).startsWith("and 19900 more"));
  }

  private void fail(String name, String peer, int times) {
    for (int i = 0; i < times; i++) {
      guard.failed(name, peer);
    }
  }

  private void locked(String name, String peer) {
    assertThatThrownBy(() -> guard.check(name, peer)).isInstanceOf(CouchError.class);
  }

  private void open(String name, String peer) {
    assertThatCode(() -> guard.check(name, peer)).doesNotThrowAnyException();
  }
}
