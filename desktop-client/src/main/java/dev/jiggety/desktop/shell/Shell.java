package dev.jiggety.desktop.shell;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.fx.Marks;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.program.Trial;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.view.connect.ConnectController;
import dev.jiggety.desktop.view.connect.ConnectViewModel;
import dev.jiggety.desktop.view.editor.EditorController;
import dev.jiggety.desktop.view.editor.EditorViewModel;
import dev.jiggety.desktop.view.start.LocalSteps;
import dev.jiggety.desktop.view.start.StartController;
import dev.jiggety.desktop.view.start.StartViewModel;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
public final class Shell implements Navigator, Keys.Commands, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final Stage stage;
  private final Services services;
  private final Themes themes = new Themes();
  private final Look look;
  private final ObservableValue<Palette> palette;
  private final StackPane root = new StackPane();
  private final WindowState window;
  private final PaletteViewModel commands = new PaletteViewModel(this::offers);
  private final Desk desk;
  private final ConnectViewModel connectModel;
  private final ConnectController connect;
  private final Crashes crashes;
  private Pin dress = () -> {};
  private Pin patience = () -> {};
  private @Nullable Workplace workplace;
  private @Nullable StartViewModel start;
  private Activity current;

  public Shell(Stage stage, Services services) {
    this.stage = stage;
    this.services = services;
    this.palette = themes.darkProperty().map(dark -> dark ? Palette.DARK : Palette.LIGHT);
    this.look = new Look(themes, services.settings(), services.tasks());
    this.window = new WindowState(stage, services.settings().get().window());
    Messages messages = messages();
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
            desk,
            services.connector(),
            services.settings(),
            services.keys(),
            services.system().vault(),
            this::begin);
    this.connect =
        new ConnectController(connectModel, new KeyViewModel(desk, services.keys()), desk);
    this.current = connect;
    this.crashes = crashes(messages);
    services.tasks().onUnexpected(crashes::tell);
    root.getChildren().add(new StackPane());
    dress(messages);
  }

  private Messages messages() {
    return new Messages(
        stage,
        services.texts(),
        services.tasks(),
        services.system().notices(),
        () -> services.settings().get().look().notices(),
        root);
  }

  private Crashes crashes(Messages messages) {
    return new Crashes(
        new CrashReports(services.settings().path().resolveSibling("reports"), services.clock()),
        services.tasks(),
        services.texts(),
        messages,
        services.system().opener(),
        () -> current.getClass().getSimpleName());
  }

  /** Shows the window. */
  public void show() {
    services.keys().reload();
    put(connect.view());
    connect.activate();
    if (services.settings().get().hubs().isEmpty()) {
      welcome();
    }
    open();
  }

  /**
   * Shows the window and connects to a hub meanwhile. The choice of hubs is only shown when this
   * one does not answer soon: to lay it out would take longer than the answer.
   */
  public void show(String hub, Optional<Credentials> login) {
    services.keys().reload();
    connect.activate();
    connectModel.connect(hub, login);
    if (connectModel.busyProperty().get()) {
      patience = desk.ticker().every(PATIENCE, () -> services.tasks().post(this::choose));
      connectModel.busyProperty().addListener((property, before, now) -> choose());
    } else {
      choose();
    }
    open();
  }

  private void choose() {
    patience.close();
    if (current == connect && !root.getChildren().contains(connect.view())) {
      put(connect.view());
    }
  }

  private void open() {
    Marks.say("shown");
    stage.show();
    Marks.sayWhenDrawn("window");
  }

  @Override
  public void welcome() {
    StartViewModel model = start;
    if (model == null) {
      Path trial = services.settings().path().resolveSibling("trial").toAbsolutePath();
      model = new StartViewModel(desk, new LocalSteps(trial), new Chosen());
      start = model;
    }
    enter(new StartController(model, desk));
  }

  /** Shows something that needs no session. */
  private void enter(Activity next) {
    current.deactivate();
    current = next;
    put(next.view());
    next.activate();
  }

  /** What becomes of the first start. */
  private final class Chosen implements StartViewModel.Chosen {
    @Override
    public void trial(Trial.Ready ready) {
      services.keys().borrow(ready.operatorKey());
      enter(connect);
      connectModel.connectOnce(ready.hub());
    }

    @Override
    public void hub(String url, Optional<Credentials> login) {
      enter(connect);
      connectModel.connect(url, login);
    }

    @Override
    public void connect() {
      enter(connect);
    }
  }

  /** Connects to a hub without being asked again. */
  public void connect(String hub, Optional<Credentials> login) {
    if (current != connect) {
      enter(connect);
    }
    connectModel.connect(hub, login);
  }

  /** The session; empty as long as no hub is chosen. */
  public Optional<Session> session() {
    return Optional.ofNullable(workplace).map(Workplace::session);
  }

  /** What tells and asks in this window. */
  Dialogs dialogs() {
    return desk.dialogs();
  }

  /** Tells of a failure that nobody expected. */
  void crashed(Throwable failure) {
    crashes.tell(failure);
  }

  /** The screens of the menu that there are; none without a hub. */
  Set<Place> places() {
    return workplace == null ? Set.of() : workplace.places();
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
  public void wall() {
    if (workplace != null) {
      workplace.overview().openWall(stage);
    }
  }

  @Override
  public void back() {
    go(workplace == null ? Place.OVERVIEW : workplace.lastPlace());
  }

  @Override
  public void disconnect() {
    leave(this::leaveHub);
  }

  private void leaveHub() {
    end();
    services.keys().giveBack();
    current = connect;
    put(connect.view());
    connect.activate();
  }

  @Override
  public void connect(KnownHub hub) {
    leave(() -> {
      leaveHub();
      connectModel.connect(hub);
    });
  }

  @Override
  public void palette() {
    if (workplace != null) {
      commands.open();
    }
  }

  @Override
  public void undo() {
    session()
        .map(Session::basket)
        .filter(Basket::canUndo)
        .ifPresent(basket -> {
          basket.undo();
          desk.dialogs().say(Tone.DONE, desk.texts().get("undone"));
        });
  }

  @Override
  public void redo() {
    session()
        .map(Session::basket)
        .filter(Basket::canRedo)
        .ifPresent(basket -> {
          basket.redo();
          desk.dialogs().say(Tone.DONE, desk.texts().get("redone"));
        });
  }

  @Override
  public Look look() {
    return look;
  }

  @Override
  public void close() {
    end();
    if (start != null) {
      start.close();
    }
    dress.close();
    themes.close();
  }

  private void begin(Session session) {
    Marks.say("answered");
    end();
    workplace = new Workplace(desk, session, services, themes, palette, look);
    workplace.frame().activate();
    workplace.frame().offer(workplace.places());
    put(workplace.frame().view());
    Place first = workplace.first(services.settings().get().place());
    show(workplace.activity(first), first);
    Marks.say("workplace");
    FirstData.mark(session);
  }

  private List<PaletteItem> offers() {
    return workplace == null ? List.of() : workplace.offers(current, this, desk);
  }

  private void end() {
    commands.close();
    current.deactivate();
    Workplace ended = workplace;
    if (ended != null) {
      ended.frame().deactivate();
      ended.overview().close();
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

  private void dress(Messages messages) {
    WindowPlace place = services.settings().get().window();
    StackPane above =
        new StackPane(messages.bar(), new PaletteController(commands, desk.texts()).view());
    Scene scene = new Scene(above, place.width(), place.height());
    dress = Pin.all(look.begin(), themes.dress(scene));
    Keys.install(scene, this, () -> current, () -> workplace != null, this);
    stage.setScene(scene);
    stage.setTitle(desk.texts().get("app.name"));
    window.restore();
  }

  /** What is remembered of this window: where it is, and what was seen last. */
  public Settings remember(Settings known) {
    Settings placed = known.withWindow(window.now());
    return workplace == null ? placed : placed.withPlace(workplace.lastPlace().name());
  }
}
