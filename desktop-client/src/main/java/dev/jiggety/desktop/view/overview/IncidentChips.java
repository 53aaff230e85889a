package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Open incidents as buttons above the tiles, the worst first, and how many more there are. */
final class IncidentChips {
  /** So many are named. */
  static final int MOST = 6;

  private final OverviewViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;

  IncidentChips(OverviewViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
  }

  void show(FlowPane pane, List<Incident> open) {
    List<Node> buttons = new ArrayList<>();
    open.stream().limit(MOST).map(this::chip).forEach(buttons::add);
    if (open.size() > MOST) {
      Button more = new Button(texts.get("overview.incidents.more", open.size() - MOST));
      more.getStyleClass().addAll("flat", "small");
      more.setOnAction(event -> model.openIncidents());
      buttons.add(more);
    }
    pane.getChildren().setAll(buttons);
    pane.setVisible(!open.isEmpty());
    pane.setManaged(!open.isEmpty());
  }

  /** Ages go on. */
  void tick(FlowPane pane) {
    for (Node node : pane.getChildren()) {
      if (node instanceof Button chip && chip.getUserData() instanceof Incident incident) {
        chip.setText(words(incident));
      }
    }
  }

  private Button chip(Incident incident) {
    boolean bad = incident.kind() == Incident.Kind.DOWN;
    Button chip = new Button(words(incident), new FontIcon(icon(incident)));
    chip.setUserData(incident);
    chip.getStyleClass().addAll("incident-chip", bad ? "kind-bad" : "kind-odd");
    chip.setTooltip(new Tooltip(incident.text()));
    chip.setAccessibleHelp(incident.text());
    chip.setOnAction(event -> model.open(incident));
    return chip;
  }

  private String words(Incident incident) {
    String since =
        ages.length(Math.max(0, Duration.between(incident.began(), desk.now()).toSeconds()));
    String line =
        texts.get(
            "overview.incident",
            model.subject(incident),
            texts.get("overview.kind." + incident.kind().name()),
            since);
    Incident.Acknowledgement by = incident.acknowledged();
    return by == null ? line : texts.get("overview.incident.taken", line, by.by());
  }

  private static Feather icon(Incident incident) {
    if (incident.acknowledged() != null) {
      return Feather.USER_CHECK;
    }
    return switch (incident.kind()) {
      case DOWN -> Feather.X_OCTAGON;
      case DEGRADED -> Feather.ALERT_TRIANGLE;
      case FLAPPING -> Feather.REPEAT;
      case NO_DATA -> Feather.HELP_CIRCLE;
      case NODE -> Feather.SERVER;
      case CERTIFICATE -> Feather.LOCK;
    };
  }
}
