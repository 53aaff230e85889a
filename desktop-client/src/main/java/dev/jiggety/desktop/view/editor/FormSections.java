package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.model.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.VBox;

/** All sections of the form; those of the kinds are made when a kind is first looked at. */
final class FormSections {
  private final Parts parts;
  private final BasicsController basics;
  private final VBox kindPlace = new VBox(16);
  private final VBox connectionPlace = new VBox(16);
  private final Map<String, Section> kinds = new LinkedHashMap<>();
  private final Map<String, Section> connections = new LinkedHashMap<>();
  private final List<Node> left;
  private final List<Node> right;
  private final List<Runnable> listeners = new ArrayList<>();

  FormSections(Parts parts, EditorViewModel model, Desk desk) {
    this.parts = parts;
    this.basics = new BasicsController(parts);
    basics.creating(model.creatingProperty());
    ScheduleController schedule = new ScheduleController(parts, desk);
    model.comingProperty().subscribe(schedule::show);
    this.left = List.of(basics.view(), kindPlace, new AssertionsController(parts).view());
    this.right =
        List.of(
            schedule.view(),
            new WhereController(parts, model.where()).view(),
            new SureController(parts).view(),
            new DegradedController(parts).view(),
            connectionPlace);
    parts.form().kind().subscribe(this::showKind);
    left.forEach(this::listen);
    right.forEach(this::listen);
  }

  List<Node> left() {
    return left;
  }

  List<Node> right() {
    return right;
  }

  /** Told when fields have come or gone. */
  void onChange(Runnable action) {
    listeners.add(action);
  }

  /** Where somebody begins to type. */
  void focusName() {
    basics.view().lookup("#name").requestFocus();
  }

  /** Shows what is wrong inside of a script. */
  void showProblems(Map<String, String> problems) {
    if (kinds.get(Check.Script.KIND) instanceof ScriptController script) {
      script.showProblems(problems);
    }
  }

  private void showKind(String kind) {
    boolean known = parts.form().knowsKind();
    String name = known ? kind : "";
    Section section = kinds.computeIfAbsent(name, this::sectionOf);
    kindPlace.getChildren().setAll(section.view());
    if (known && !kind.equals(Check.Dns.KIND)) {
      Section connection =
          connections.computeIfAbsent(
              kind,
              it ->
                  made(
                      new ConnectionController(
                          parts, parts.form().kind(it).part("connection"), it + ".connection")));
      connectionPlace.getChildren().setAll(connection.view());
    } else {
      connectionPlace.getChildren().clear();
    }
    changed();
  }

  private Section sectionOf(String kind) {
    return made(
        switch (kind) {
          case Check.Http.KIND -> new HttpController(parts);
          case Check.Script.KIND -> new ScriptController(parts);
          case Check.Page.KIND -> new PageController(parts);
          case Check.Tcp.KIND -> new TcpController(parts);
          case Check.Tls.KIND -> new TlsController(parts);
          case Check.Dns.KIND -> new DnsController(parts);
          default -> new OtherController(parts);
        });
  }

  private Section made(Section section) {
    listen(section.view());
    return section;
  }

  /** Rows come and go, and choices show other fields. */
  private void listen(Node node) {
    if (node instanceof RowsBox rows) {
      rows.onChange(() -> {
        rows.lookupAll(".rows").forEach(this::listen);
        changed();
      });
    }
    if (node instanceof Only only) {
      only.visibleProperty().addListener((property, before, now) -> changed());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(this::listen);
    }
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }
}
