package dev.jiggety.desktop.basket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry.Standing;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.document.Contents;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasketTest {
  private static final Instant NOW = FakeClock.START;
  private static final TestDefinition HOME = Examples.test("home", "Home", "shop");

  private final Basket basket = new Basket(BasketState.EMPTY, state -> {});

  @Test
  void aDocumentHasOneChangeAndAnEditBackToWhereItBeganHasNone() {
    basket.put(renamed("A"));
    basket.put(renamed("B"));
    assertThat(basket.state().entries()).singleElement().isEqualTo(renamed("B"));
    basket.put(renamed("Home"));
    assertThat(basket.state().entries()).isEmpty();
  }

  @Test
  void everyStepCanBeUndone() {
    basket.put(renamed("A"));
    basket.put(BasketEntry.delete(document(HOME), NOW));
    basket.clear();
    basket.undo();
    assertThat(basket.find("test:home").orElseThrow().kind()).isEqualTo(BasketEntry.Kind.DELETE);
    basket.undo();
    assertThat(basket.find("test:home").orElseThrow().name()).isEqualTo("A");
    basket.undo();
    assertThat(basket.state()).isEqualTo(BasketState.EMPTY);
    assertThat(basket.canUndo()).isFalse();
  }

  @Test
  void whatWasUndoneCanBeDoneAgainUntilSomethingElseIs() {
    basket.put(renamed("A"));
    basket.put(renamed("B"));
    basket.undo();
    basket.undo();
    assertThat(basket.canRedo()).isTrue();
    basket.redo();
    assertThat(basket.find("test:home").orElseThrow().name()).isEqualTo("A");
    basket.redo();
    assertThat(basket.find("test:home").orElseThrow().name()).isEqualTo("B");
    basket.undo();
    basket.put(renamed("C"));
    assertThat(basket.canRedo()).isFalse();
    basket.redo();
    assertThat(basket.find("test:home").orElseThrow().name()).isEqualTo("C");
  }

  @Test
  void theDigestOfWhatWasEditedGoesAlongWithoutTheRevision() {
    JsonObject before = document(HOME);
    before.addProperty("_rev", "7-abc");
    BasketEntry entry = BasketEntry.put(HOME.toBuilder().name("A").build(), before, NOW);
    Change.Put put = (Change.Put) entry.change();
    assertThat(put.base()).isEqualTo(Contents.of(HOME).digest());
    assertThat(put.content().text()).doesNotContain("_rev");
    assertThat(BasketEntry.delete(before, NOW).change())
        .isEqualTo(new Change.Delete("test:home", Contents.of(HOME).digest()));
  }

  @Test
  void whatIsSentLeavesTheBasketAndAnEditMadeSinceStays() {
    basket.put(renamed("A"));
    basket.put(put(Examples.test("cart", "Cart"), null));
    List<BasketEntry> sent = basket.state().entries();
    BasketEntry later = new BasketEntry("test:home", null, document(HOME), NOW.plusSeconds(9));
    basket.put(later);
    basket.sent(new Parcel("p1", "why", NOW, sent, ""));
    assertThat(basket.state().entries()).containsExactly(later);
    assertThat(basket.canUndo()).as("what was submitted is taken back otherwise").isFalse();
  }

  @Test
  void whatComesBackCanBePutBackAndANewerChangeOfTheSameIsKept() {
    BasketEntry cart = put(Examples.test("cart", "Cart"), null);
    basket.put(renamed("A"));
    basket.put(cart);
    basket.sent(new Parcel("p1", "why", NOW, basket.state().entries(), ""));
    basket.cameBack("p1", "refused");
    basket.put(renamed("B"));
    basket.putBack("p1");
    assertThat(basket.state().entries()).containsExactly(renamed("B"), cart);
    assertThat(basket.state().returned())
        .singleElement()
        .satisfies(rest -> assertThat(rest.entries()).containsExactly(renamed("A")));
    basket.sent(new Parcel("p2", "again", NOW, basket.state().entries(), ""));
    assertThat(basket.state().returned()).as("tried anew").isEmpty();
    basket.done("p2");
    assertThat(basket.state()).isEqualTo(BasketState.EMPTY);
  }

  @Test
  void saysHowAChangeStandsToWhatIsInForce() {
    JsonObject other = document(HOME.toBuilder().name("Theirs").build());
    assertThat(renamed("A").against(document(HOME))).isEqualTo(Standing.FITS);
    assertThat(renamed("Theirs").against(other)).isEqualTo(Standing.IN_FORCE);
    assertThat(renamed("A").against(other)).isEqualTo(Standing.CHANGED);
    assertThat(renamed("A").against(null)).isEqualTo(Standing.GONE);
    BasketEntry made = put(HOME, null);
    assertThat(made.against(null)).isEqualTo(Standing.FITS);
    assertThat(made.against(other)).isEqualTo(Standing.EXISTS);
    BasketEntry deleted = BasketEntry.delete(document(HOME), NOW);
    assertThat(deleted.against(null)).isEqualTo(Standing.IN_FORCE);
    assertThat(deleted.against(other)).isEqualTo(Standing.CHANGED);
  }

  @Test
  void aRebaseTakesMineWhereChosenAndTheirsEverywhereElse() {
    TestDefinition mine =
        HOME.toBuilder().name("Mine").timeout(Duration.ofSeconds(9)).samples(3).build();
    JsonObject theirs =
        document(HOME.toBuilder().name("Theirs").tags(List.of("new")).samples(2).build());
    theirs.addProperty("unknown", "kept");
    BasketEntry entry = put(mine, HOME);
    BasketEntry rebased = Rebase.onto(entry, theirs, Set.of("name", "timeout"), NOW).orElseThrow();
    TestDefinition merged = rebased.wantedTest().orElseThrow();
    assertThat(merged.name()).isEqualTo("Mine");
    assertThat(merged.timeout()).hasSeconds(9);
    assertThat(merged.samples()).isEqualTo(2);
    assertThat(merged.tags()).containsExactly("new");
    assertThat(rebased.wanted().get("unknown").getAsString()).isEqualTo("kept");
    assertThat(rebased.against(theirs)).isEqualTo(Standing.FITS);
    assertThat(Rebase.onto(entry, theirs, Set.of(), NOW)).as("nothing is left").isEmpty();
  }

  @Test
  void aRebaseOntoNothingMakesItAnew() {
    assertThat(Rebase.onto(renamed("A"), null, Set.of(), NOW).orElseThrow().kind())
        .isEqualTo(BasketEntry.Kind.CREATE);
    assertThat(Rebase.onto(BasketEntry.delete(document(HOME), NOW), null, Set.of(), NOW)).isEmpty();
  }

  @Test
  void fieldsThatDoNotGoTogetherAreFoundAfterARebase() {
    BasketEntry faster = every(5);
    TestDefinition cron =
        HOME.toBuilder().schedule(new Schedule.Cron("0 9 * * *", ZoneId.of("UTC"))).build();
    BasketEntry rebased =
        Rebase.onto(faster, document(cron), Set.of("schedule.every"), NOW).orElseThrow();
    assertThat(rebased.problems()).singleElement().asString().contains("schedule");
  }

  @Test
  void survivesARestartForEachHubByItself(@TempDir Path folder) throws IOException {
    BasketFile file = new BasketFile(folder, "http://a:1");
    BasketState state =
        new BasketState(
            List.of(renamed("A"), BasketEntry.delete(document(HOME), NOW)),
            List.of(new Parcel("p1", "why", NOW, List.of(every(5)), "refused")));
    file.write(state);
    assertThat(new BasketFile(folder, "http://a:1").read()).isEqualTo(state);
    assertThat(new BasketFile(folder, "http://b:1").read()).isEqualTo(BasketState.EMPTY);
    Path written = only(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
        .as("tests can hold tokens")
        .isEqualTo("rw-------");
  }

  @Test
  void whoeverWritesLastWritesTheNewest(@TempDir Path folder) {
    BasketFile file = new BasketFile(folder, "http://a:1");
    AtomicReference<BasketState> newest = new AtomicReference<>(BasketState.EMPTY);
    Basket basket = new Basket(BasketState.EMPTY, newest::set);
    basket.put(every(5));
    Runnable first = () -> file.writeNewest(newest::get);
    basket.put(renamed("A"));
    Runnable second = () -> file.writeNewest(newest::get);
    second.run();
    first.run(); // threads do not queue up
    assertThat(new BasketFile(folder, "http://a:1").read()).isEqualTo(basket.state());
  }

  @Test
  void aFileThatCannotBeReadIsPutAside(@TempDir Path folder) throws IOException {
    new BasketFile(folder, "http://a:1").write(new BasketState(List.of(every(5)), List.of()));
    Path written = only(folder);
    Files.writeString(written, "{\"entries\": 7");
    assertThat(new BasketFile(folder, "http://a:1").read()).isEqualTo(BasketState.EMPTY);
    assertThat(only(folder).toString()).endsWith(".broken");
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .reduce((one, other) -> {
            throw new AssertionError(one + " and " + other);
          })
          .orElseThrow();
    }
  }

  private static BasketEntry renamed(String name) {
    return put(HOME.toBuilder().name(name).build(), HOME);
  }

  private static BasketEntry every(int seconds) {
    return put(
        HOME.toBuilder().schedule(new Schedule.Every(Duration.ofSeconds(seconds))).build(), HOME);
  }

  private static BasketEntry put(TestDefinition test, TestDefinition before) {
    return BasketEntry.put(test, before == null ? null : document(before), NOW);
  }

  private static JsonObject document(TestDefinition test) {
    return TestDocument.TYPE.write(test);
  }
}
