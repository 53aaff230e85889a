package dev.jiggety.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunViewModelTest {
  private static final Picture WHOLE = new Picture("image/png", Tales.POINT);
  private static final Picture NAMED = new Picture("image/png", "", "a.png");

  private final Bench bench = new Bench();
  private final RunViewModel model = new RunViewModel(bench.desk);

  private SampleStory story() {
    SampleStory story = model.selectedProperty().get();
    assertThat(story).isNotNull();
    return story;
  }

  @Test
  void hopsFollowOneAnotherOnOneAxisWithTheirPhases() {
    model.show("Home", Tales.redirected("oslo", bench.clock.instant()), PictureSource.NONE);
    assertThat(story().hops())
        .extracting(BarRow::name, BarRow::note)
        .containsExactly(
            tuple("http://shop.example/", "301"), tuple("https://shop.example/", "200"));
    BarRow second = story().hops().getLast();
    assertThat(second.start()).isEqualTo(Duration.ofMillis(50));
    assertThat(second.parts())
        .extracting(BarRow.Part::style)
        .containsExactly("phase-connect", "phase-ssl", "phase-send", "phase-wait", "phase-receive");
    assertThat(second.parts().get(1).start()).isEqualTo(Duration.ofMillis(62));
    assertThat(second.spoken()).contains("TLS 24", "Wait 81");
    assertThat(story().summary()).contains("186", "status 200", "48.2 KB");
    assertThat(story().notes()).containsExactly("The certificate ends in 9 days.");
    assertThat(story().failure()).isEmpty();
  }

  @Test
  void aFailureIsSaidInWordsAndWhatTheNodeDidToItToo() {
    model.show(
        "Checkout", Tales.brokenCheckout("oslo", bench.clock.instant(), WHOLE), PictureSource.NONE);
    assertThat(model.verdictProperty().get()).isEqualTo(Verdict.DOWN);
    assertThat(story().failure())
        .isEqualTo("Not as the test wants it: the page does not say “Thank you” (while: Wait)");
    assertThat(story().notes())
        .anyMatch(note -> note.contains("stood still for 35"))
        .anyMatch(note -> note.contains("240"));
    assertThat(model.samples()).extracting(SampleStory::title).contains("Tried again 1");
    assertThat(story().title()).isEqualTo("Sample 1");
  }

  @Test
  void stepsResourcesAndEvidenceAreThere() {
    model.show(
        "Checkout", Tales.brokenCheckout("oslo", bench.clock.instant(), WHOLE), PictureSource.NONE);
    assertThat(story().steps()).extracting(BarRow::note).containsExactly("1", "4", "5");
    assertThat(story().steps().getLast().failed()).isTrue();
    assertThat(story().steps().get(1).parts().getLast().style()).isEqualTo("phase-rest");
    assertThat(story().resources())
        .extracting(BarRow::note)
        .containsExactly("200", "200", "200", "failed");
    assertThat(story().page()).contains("Chromium 140", "23 requests", "1 error on the console");
    assertThat(story().milestones())
        .extracting(SampleStory.Milestone::name)
        .containsExactly("domInteractive", "loadEventEnd");
    assertThat(story().headers()).hasSize(2);
    assertThat(story().links()).hasSize(2);
    assertThat(story().leftOut()).containsExactly("41 more links");
  }

  @Test
  void aPictureIsFetchedWhenSomebodyLooksAndNotBefore() {
    byte[] bytes = Base64.getDecoder().decode(Tales.POINT);
    int[] asked = {0};
    Run run = Tales.brokenCheckout("oslo", bench.clock.instant(), NAMED);
    model.show(
        "Checkout",
        run,
        picture -> {
          asked[0]++;
          return Optional.of(bytes);
        });
    assertThat(asked[0]).isZero();
    model.wantPicture();
    model.wantPicture();
    assertThat(asked[0]).isEqualTo(1);
    assertThat(model.pictureProperty().get()).isEqualTo(bytes);
  }

  @Test
  void aPictureThatDoesNotComeSaysWhy() {
    Run run = Tales.brokenCheckout("oslo", bench.clock.instant(), NAMED);
    model.show("Checkout", run, _ -> Optional.empty());
    model.wantPicture();
    assertThat(model.pictureStateProperty().get()).contains("not there any more");
    model.show(
        "Checkout",
        run,
        _ -> {
          throw new HubException(HubException.Kind.UNAVAILABLE, "the hub is away");
        });
    model.selectedProperty().set(null);
    model.selectedProperty().set(model.samples().getFirst());
    model.wantPicture();
    assertThat(model.pictureStateProperty().get()).contains("the hub is away");
    assertThat(model.pictureProperty().get()).isNull();
  }

  @Test
  void nothingIsShownAfterItIsCleared() {
    model.show("Home", Tales.redirected("oslo", bench.clock.instant()), PictureSource.NONE);
    model.clear();
    assertThat(model.titleProperty().get()).isEmpty();
    assertThat(model.selectedProperty().get()).isNull();
    assertThat(model.samples()).isEmpty();
  }
}
