package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.PhaseBar;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Check;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What one node saw: error, steps, the beginning of the answer, a screenshot. */
final class EvidencePane {
  static final PseudoClass BAD = PseudoClass.getPseudoClass("error");

  private static final int MOST_HEADERS = 20;
  private static final int MOST_BODY = 8_000;
  private static final double PICTURE = 720;

  private final IncidentViewModel model;
  private final Texts texts;
  private final Ages ages;

  EvidencePane(IncidentViewModel model, Texts texts, Ages ages) {
    this.model = model;
    this.texts = texts;
    this.ages = ages;
  }

  Node of(Seen seen) {
    VBox box = new VBox(8);
    box.getStyleClass().add("evidence");
    Label node = new Label(seen.node());
    node.getStyleClass().add("run-node");
    Label verdict = new Label();
    VerdictLook.of(seen.run().verdict()).dress(verdict, texts);
    Label at = new Label(ages.time(seen.at(), model.storyNow()));
    at.getStyleClass().addAll("hint", "figure");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(10, node, verdict, gap, at);
    box.getChildren().add(head);
    seen.sample().ifPresent(sample -> sample(sample, box));
    seen.evidence().ifPresent(found -> evidence(found, box));
    seen.picture()
        .ifPresent(picture -> {
          Button show = new Button(texts.get("incident.picture"));
          show.setId("picture-" + seen.node());
          show.setOnAction(event ->
              model.picture(
                  seen, bytes -> box.getChildren().set(box.getChildren().indexOf(show), image(bytes))));
          box.getChildren().add(show);
        });
    return box;
  }

  private void sample(Sample sample, VBox box) {
    Failure failure = sample.failure();
    if (failure != null) {
      Label error = IncidentController.sentence(failure.kind().label() + ": " + failure.text());
      error.getStyleClass().add("problem");
      box.getChildren().add(error);
    }
    String status = sample.status() == 0 ? texts.get("nothing") : String.valueOf(sample.status());
    box.getChildren()
        .add(new Label(texts.get("incident.sample", ages.millis(sample.total()), status)));
    PhaseBar phases = new PhaseBar(texts, ages);
    phases.show(sample.phases(), sample.total());
    box.getChildren().add(phases);
    List<Step> steps = sample.findings().steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Label line =
          IncidentController.sentence(
              texts.get("incident.step", i + 1, step.name(), ages.millis(step.total())));
      line.getStyleClass().add("hint");
      box.getChildren().add(line);
    }
  }

  private void evidence(Evidence found, VBox box) {
    if (!found.url().isEmpty()) {
      box.getChildren()
          .add(
              IncidentController.sentence(
                  texts.get("incident.answer", String.valueOf(found.status()), found.url())));
    }
    if (!found.headers().isEmpty()) {
      box.getChildren()
          .add(
              folded(
                  texts.get("incident.headers", found.headers().size()),
                  found.headers().stream()
                      .limit(MOST_HEADERS)
                      .map((Check.Header it) -> it.name() + ": " + it.value())
                      .collect(Collectors.joining("\n"))));
    }
    if (!found.body().isEmpty()) {
      String body = found.body();
      box.getChildren()
          .add(
              folded(
                  texts.get("incident.body"),
                  body.length() > MOST_BODY ? body.substring(0, MOST_BODY) + " …" : body));
    }
    found.leftOut().forEach(line -> {
      Label label = IncidentController.sentence(line);
      label.getStyleClass().add("hint");
      box.getChildren().add(label);
    });
  }

  private static Node folded(String title, String content) {
    TextArea area = new TextArea(content);
    area.setEditable(false);
    area.setWrapText(true);
    area.getStyleClass().add("code");
    area.setPrefRowCount(Math.min(12, 1 + (int) content.lines().count()));
    area.setAccessibleText(title);
    TitledPane pane = new TitledPane(title, area);
    pane.setExpanded(false);
    pane.setAnimated(false);
    return pane;
  }

  private static Node image(byte[] bytes) {
    ImageView image = new ImageView(new Image(new ByteArrayInputStream(bytes)));
    image.setPreserveRatio(true);
    image.setFitWidth(Math.min(PICTURE, image.getImage().getWidth()));
    return image;
  }
}
