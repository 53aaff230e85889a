package dev.jiggety.desktop.run;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** One run, sample by sample. FX thread only; pictures are loaded in the background. */
public final class RunViewModel {
  private final Tasks tasks;
  private final Desk desk;
  private final Ages ages;
  private final Storyteller teller;
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable Verdict> verdict = new ReadOnlyObjectWrapper<>();
  private final ObservableList<SampleStory> samples = FXCollections.observableArrayList();

  // Kept, as such a list hears its source only as long as somebody holds it.
  private final ObservableList<SampleStory> samplesToSee =
      FXCollections.unmodifiableObservableList(samples);
  private final ObjectProperty<@Nullable SampleStory> selected = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<byte @Nullable []> picture = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper pictureState = new ReadOnlyStringWrapper("");
  private PictureSource pictures = PictureSource.NONE;

  /** Nothing is shown yet. */
  public RunViewModel(Desk desk) {
    this.desk = desk;
    this.tasks = desk.tasks();
    this.ages = new Ages(desk.texts(), desk.zone());
    this.teller = new Storyteller(desk.texts(), ages);
    selected.addListener((_, _, _) -> forgetPicture());
  }

  /**
   * Shows a run; the sample that tells most is chosen: the last that failed, else the last.
   *
   * @param name what the run is called: the test's name
   * @param source where its pictures are
   */
  public void show(String name, Run run, PictureSource source) {
    pictures = source;
    title.set(name);
    verdict.set(run.verdict());
    subtitle.set(desk.texts().get("run.by", run.node(), ages.time(run.startedAt(), desk.now())));
    List<SampleStory> told = teller.tell(run, desk.now());
    samples.setAll(told);
    List<SampleStory> counting = told.subList(0, run.samples().size());
    selected.set(
        counting.reversed().stream()
            .filter(sample -> !sample.failure().isEmpty())
            .findFirst()
            .or(() -> counting.isEmpty() ? Optional.empty() : Optional.of(counting.getLast()))
            .orElse(null));
  }

  /** Shows nothing. */
  public void clear() {
    title.set("");
    subtitle.set("");
    verdict.set(null);
    samples.clear();
    selected.set(null);
  }

  /** Fetches the picture of the chosen sample; done when somebody looks at it. */
  public void wantPicture() {
    SampleStory sample = selected.get();
    Picture wanted = sample == null ? null : sample.picture();
    if (wanted == null || picture.get() != null || !pictureState.get().isEmpty()) {
      return;
    }
    if (!wanted.base64().isEmpty()) {
      picture.set(Base64.getDecoder().decode(wanted.base64()));
      return;
    }
    pictureState.set(desk.texts().get("run.picture.loading"));
    PictureSource source = pictures;
    tasks
        .create(() -> source.load(wanted))
        .onSuccess(bytes -> loaded(sample, bytes))
        .onError(HubException.class, e -> failed(sample, String.valueOf(e.getMessage())))
        .start();
  }

  private void loaded(SampleStory of, Optional<byte[]> bytes) {
    if (!of.equals(selected.get())) {
      return;
    }
    pictureState.set(bytes.isPresent() ? "" : desk.texts().get("run.picture.gone"));
    picture.set(bytes.orElse(null));
  }

  private void failed(SampleStory of, String reason) {
    if (of.equals(selected.get())) {
      pictureState.set(desk.texts().get("run.picture.failed", reason));
    }
  }

  private void forgetPicture() {
    picture.set(null);
    pictureState.set("");
  }

  /** What is shown; empty for nothing. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** Who ran it, and when. */
  public ReadOnlyStringProperty subtitleProperty() {
    return subtitle.getReadOnlyProperty();
  }

  /** What it says; null while nothing is shown. */
  public ReadOnlyObjectProperty<@Nullable Verdict> verdictProperty() {
    return verdict.getReadOnlyProperty();
  }

  /** The samples that count, then those that were tried again. */
  public ObservableList<SampleStory> samples() {
    return samplesToSee;
  }

  /** Which sample is looked at; null for none. */
  public ObjectProperty<@Nullable SampleStory> selectedProperty() {
    return selected;
  }

  /** The bytes of the picture; null as long as it is not there. */
  public ReadOnlyObjectProperty<byte @Nullable []> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  /** Why there is no picture; empty when there is, or nobody wanted it. */
  public ReadOnlyStringProperty pictureStateProperty() {
    return pictureState.getReadOnlyProperty();
  }
}
