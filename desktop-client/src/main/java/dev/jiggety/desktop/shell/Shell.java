package dev.jiggety.desktop.shell;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.fx.Marks;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.view.connect.ConnectController;
import dev.jiggety.desktop.view.connect.ConnectViewModel;
import dev.jiggety.desktop.view.editor.EditorController;
import dev.jiggety.desktop.view.editor.EditorViewModel;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The window: shows where a hub is chosen, then the activities of the session, and goes from one to
 * the other. FX thread only.
 */
public final class Shell implements Navigator, AutoCloseable {
  private final Stage stage;
  private final Services services;
  private final Themes themes = new Themes();
  private final ObservableValue<Palette> palette;
  private final StackPane root = new StackPane();
  private final Desk desk;
  private final ConnectViewModel connectModel;
  private final ConnectController connect;
  private @Nullable Workplace workplace;
  private Activity current;

  public Shell(Stage stage, Services services) {
    this.stage = stage;
    this.services = services;
    this.palette = themes.darkProperty().map(dark -> dark ? Palette.DARK : Palette.LIGHT);
    Messages messages = new Messages(stage, services.texts());
    this.desk =
        new Desk(
            services.tasks(),
            services.ticker(),
            services.clock(),
            services.zone(),
            services.texts(),
            this,
            messages);
    this.connectModel =
        new ConnectViewModel(
            desk, services.connector(), services.settings(), services.keys(), this::begin);
    this.connect =
        new ConnectController(connectModel, new KeyViewModel(desk, services.keys()), desk);
    this.current = connect;
    services
        .tasks()
        .onUnexpected(failure ->
            messages.say(Tone.ERROR, services.texts().get("unexpected", describe(failure))));
    root.getChildren().addAll(new StackPane(), messages);
    dress();
  }

  /** Shows the window. */
  public void show() {
    services.keys().reload();
    put(connect.view());
    connect.activate();
    Marks.say("shown");
    stage.show();
    Marks.sayWhenDrawn("window");
  }

  /** Connects to a hub without being asked again. */
  public void connect(String hub, Optional<Credentials> login) {
    connectModel.connect(hub, login);
  }

  /** The session; empty as long as no hub is chosen. */
  public Optional<Session> session() {
    return Optional.ofNullable(workplace).map(Workplace::session);
  }

  /** Light or dark. */
  public Themes themes() {
    return themes;
  }

  @Override
  public void go(Place place) {
    leave(() -> {
      if (workplace != null && workplace.places().contains(place)) {
        show(workplace.activity(place), place);
      }
    });
  }

  @Override
  public void results(String testId) {
    leave(() -> {
      if (workplace != null) {
        workplace.results().testIdProperty().set(testId);
        show(workplace.activity(Place.RESULTS), Place.RESULTS);
      }
    });
  }

  @Override
  public void incident(String incidentId) {
    leave(() -> {
      if (workplace != null) {
        workplace.incidents().choose(incidentId);
        show(workplace.activity(Place.INCIDENTS), Place.INCIDENTS);
      }
    });
  }

  @Override
  public void alerting(String target) {
    leave(() -> {
      if (workplace != null) {
        workplace.alerting().choose(target);
        show(workplace.alertingActivity(), null);
      }
    });
  }

  @Override
  public void rollout(String patchId) {
    leave(() -> {
      if (workplace != null) {
        workplace.patches().choose(patchId);
        show(workplace.activity(Place.PATCHES), Place.PATCHES);
      }
    });
  }

  @Override
  public void basket() {
    leave(() -> {
      if (workplace != null) {
        workplace.patches().chooseBasket();
        show(workplace.activity(Place.PATCHES), Place.PATCHES);
      }
    });
  }

  @Override
  public void edit(EditRequest request) {
    leave(() -> {
      if (workplace != null) {
        EditorViewModel model = new EditorViewModel(desk, workplace.session(), request);
        show(new EditorController(model, desk), null);
      }
    });
  }

  @Override
  public void back() {
    go(workplace == null ? Place.TESTS : workplace.lastPlace());
  }

  @Override
  public void disconnect() {
    leave(() -> {
      end();
      current = connect;
      put(connect.view());
      connect.activate();
    });
  }

  @Override
  public void close() {
    end();
  }

  private void begin(Session session) {
    Marks.say("answered");
    end();
    workplace = new Workplace(desk, session, services, themes, palette);
    workplace.frame().activate();
    workplace.frame().offer(workplace.places());
    put(workplace.frame().view());
    show(workplace.activity(Place.TESTS), Place.TESTS);
    Marks.say("workplace");
    FirstData.mark(session);
  }

  private void end() {
    current.deactivate();
    Workplace ended = workplace;
    if (ended != null) {
      ended.frame().deactivate();
      workplace = null;
      services
          .tasks()
          .create(() -> {
            ended.session().close();
            return true;
          })
          .start();
    }
  }

  private void show(Activity next, @Nullable Place place) {
    if (workplace == null) {
      return;
    }
    if (place != null) {
      workplace.visited(place);
    }
    current.deactivate();
    current = next;
    workplace.frame().show(next, place);
    next.activate();
  }

  /** Goes on at once, or asks first when something typed would be lost. */
  private void leave(Runnable onward) {
    if (!current.hasUnsaved()) {
      onward.run();
      return;
    }
    desk.dialogs()
        .confirm(
            desk.texts().get("leave.question"),
            desk.texts().get("leave.consequence"),
            desk.texts().get("leave.yes"),
            onward);
  }

  private void put(Node view) {
    root.getChildren().set(0, view);
  }

  private void dress() {
    WindowPlace place = services.settings().get().window();
    Scene scene = new Scene(root, place.width(), place.height());
    themes.dress(scene);
    Keys.install(scene, this, () -> current, () -> workplace != null);
    stage.setScene(scene);
    stage.setTitle(desk.texts().get("app.name"));
    stage.setMinWidth(960);
    stage.setMinHeight(600);
    stage.setMaximized(place.maximized());
    themes.choiceProperty().set(chosen(services.settings().get().theme()));
    themes.choiceProperty().subscribe(choice -> remember(choice));
  }

  private void remember(Themes.Choice choice) {
    services
        .tasks()
        .create(() -> {
          services
              .settings()
              .change(known -> known.withTheme(choice.name().toLowerCase(Locale.ROOT)));
          return true;
        })
        .start();
  }

  /** Where the window is now, to be remembered. */
  public WindowPlace place() {
    boolean maximized = stage.isMaximized();
    WindowPlace before = services.settings().get().window();
    return maximized
        ? new WindowPlace(before.width(), before.height(), true)
        : new WindowPlace(stage.getScene().getWidth(), stage.getScene().getHeight(), false);
  }

  private static Themes.Choice chosen(String name) {
    return switch (name) {
      case "light" -> Themes.Choice.LIGHT;
      case "dark" -> Themes.Choice.DARK;
      default -> Themes.Choice.SYSTEM;
    };
  }

  private static String describe(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
