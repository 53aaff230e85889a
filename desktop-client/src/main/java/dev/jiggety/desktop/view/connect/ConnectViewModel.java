package dev.jiggety.desktop.view.connect;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketFile;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.ActsFile;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.IncidentDesk;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.PatchDesk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.repository.HubException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the screen for choosing a hub shows and does. FX thread only. */
public final class ConnectViewModel {
  private final Desk desk;
  private final HubConnector connector;
  private final SettingsFile settings;
  private final OperatorKeys keys;
  private final Consumer<Session> connected;
  private final ObservableList<KnownHub> hubs = FXCollections.observableArrayList();
  private final StringProperty url = new SimpleStringProperty("");
  private final StringProperty user = new SimpleStringProperty("");
  private final StringProperty password = new SimpleStringProperty("");
  private final BooleanProperty remember = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private int attempt;

  /**
   * The choice of a hub.
   *
   * @param connected is given the session once the hub has answered
   */
  public ConnectViewModel(
      Desk desk,
      HubConnector connector,
      SettingsFile settings,
      OperatorKeys keys,
      Consumer<Session> connected) {
    this.desk = desk;
    this.connector = connector;
    this.settings = settings;
    this.keys = keys;
    this.connected = connected;
    refill();
    if (!hubs.isEmpty()) {
      choose(hubs.getFirst());
    }
  }

  /** The hubs that are remembered, the last one first. */
  public ObservableList<KnownHub> hubs() {
    return hubs;
  }

  public StringProperty urlProperty() {
    return url;
  }

  public StringProperty userProperty() {
    return user;
  }

  /** What is typed as the password. Emptied as soon as it was used. */
  public StringProperty passwordProperty() {
    return password;
  }

  /** Whether address and user are remembered; the password never is. */
  public BooleanProperty rememberProperty() {
    return remember;
  }

  /** One line that says what is wrong; empty when nothing is. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether a hub is being asked. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Fills the fields with a hub that is remembered. */
  public void choose(KnownHub hub) {
    url.set(hub.url());
    user.set(hub.user());
    problem.set("");
  }

  /** Fills the fields and connects. */
  public void connect(String address, Optional<Credentials> login) {
    url.set(address);
    user.set(login.map(Credentials::user).orElse(""));
    password.set(login.map(it -> it.password().reveal()).orElse(""));
    connect();
  }

  /** Asks the hub; the answer comes later. */
  public void connect() {
    if (busy.get()) {
      return;
    }
    if (url.get().contains("@")) {
      problem.set(desk.texts().get("connect.noUserInfo"));
      return;
    }
    String name = user.get().strip();
    Optional<Credentials> login =
        name.isEmpty() ? Optional.empty() : Optional.of(Credentials.of(name, password.get()));
    try {
      ask(HubAddress.parse(url.get(), login));
    } catch (IllegalArgumentException e) {
      problem.set(e.getMessage());
    }
  }

  /** Forgets the answer that is still awaited. */
  public void cancel() {
    attempt++;
    busy.set(false);
  }

  private void ask(HubAddress address) {
    KnownHub hub =
        new KnownHub(
            address.base().toString(), address.credentials().map(Credentials::user).orElse(""));
    int mine = ++attempt;
    busy.set(true);
    problem.set("");
    desk.tasks()
        .create(() -> open(address, hub, remember.get()))
        .onSuccess(opened -> {
          if (mine == attempt) {
            begin(hub, opened);
          } else {
            desk.tasks().create(() -> close(opened.connection())).start();
          }
        })
        .onError(HubException.class, e -> fail(mine, address, e))
        .onFinally(() -> {
          if (mine == attempt) {
            busy.set(false);
          }
        })
        .start();
  }

  /** A hub that has answered, and what lay in its basket. */
  private record Opened(HubConnection connection, BasketFile file, BasketState basket) {}

  /** Opens and asks once, so that a wrong password is found here and not later. */
  private Opened open(HubAddress address, KnownHub hub, boolean toRemember) {
    HubConnection connection = connector.open(address);
    try {
      connection.tests().all();
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    if (toRemember) {
      settings.change(known -> known.withHub(hub));
    }
    BasketFile file = new BasketFile(settings.path().resolveSibling("baskets"), hub.url());
    return new Opened(connection, file, file.read());
  }

  private static boolean close(HubConnection connection) {
    connection.close();
    return true;
  }

  private void begin(KnownHub hub, Opened opened) {
    password.set("");
    refill();
    HubConnection connection = opened.connection();
    IncidentFeed incidents =
        new IncidentFeed(connection.incidents(), desk.clock(), desk.tasks(), desk.ticker());
    Basket basket = new Basket(opened.basket(), state -> keep(opened.file(), state));
    connected.accept(
        new Session(
            hub,
            connection,
            new LiveFeed(connection.feed(), desk.clock(), desk.tasks(), desk.ticker()),
            new PatchFeed(connection.patches(), desk.clock(), desk.tasks(), desk.ticker()),
            incidents,
            basket,
            new PatchDesk(
                desk.tasks(), connection.patches(), keys, basket, desk.clock(), new SecureRandom()),
            new IncidentDesk(
                desk.tasks(),
                connection.incidents(),
                incidents,
                () -> speaker(hub),
                desk.clock(),
                new SecureRandom(),
                new ActsFile(settings.path().resolveSibling("baskets"), hub.url()))));
  }

  /** The hub sees to it that everybody speaks under the own name, where it asks for one. */
  private String speaker(KnownHub hub) {
    return !hub.user().isEmpty()
        ? hub.user()
        : keys.state() instanceof KeyState.Ready key
            ? key.name()
            : System.getProperty("user.name", "nobody");
  }

  private void keep(BasketFile file, BasketState state) {
    desk.tasks()
        .create(() -> {
          file.write(state);
          return true;
        })
        .start();
  }

  private void fail(int mine, HubAddress hub, HubException e) {
    if (mine != attempt) {
      return;
    }
    problem.set(
        switch (e.kind()) {
          case UNAUTHORIZED ->
              desk.texts().get(user.get().isBlank() ? "connect.needsUser" : "connect.refused");
          case MISSING -> desk.texts().get("connect.notProvisioned", hub);
          case UNAVAILABLE -> desk.texts().get("connect.unavailable", hub, e.getMessage());
          case REFUSED -> String.valueOf(e.getMessage());
        });
  }

  private void refill() {
    hubs.setAll(settings.get().hubs());
  }
}
