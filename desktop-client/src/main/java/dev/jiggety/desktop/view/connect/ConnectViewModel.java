package dev.jiggety.desktop.view.connect;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.repository.HubException;
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
import org.jspecify.annotations.Nullable;

/** What the screen for choosing a hub shows and does. FX thread only. */
public final class ConnectViewModel {
  private final Desk desk;
  private final HubConnector connector;
  private final SettingsFile settings;
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
      Desk desk, HubConnector connector, SettingsFile settings, Consumer<Session> connected) {
    this.desk = desk;
    this.connector = connector;
    this.settings = settings;
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
        .create(() -> open(address, remember.get() ? hub : null))
        .onSuccess(connection -> {
          if (mine == attempt) {
            begin(hub, connection);
          } else {
            desk.tasks().create(() -> close(connection)).start();
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

  /** Opens and asks once, so that a wrong password is found here and not later. */
  private HubConnection open(HubAddress address, @Nullable KnownHub toRemember) {
    HubConnection connection = connector.open(address);
    try {
      connection.tests().all();
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    if (toRemember != null) {
      settings.change(known -> known.withHub(toRemember));
    }
    return connection;
  }

  private static boolean close(HubConnection connection) {
    connection.close();
    return true;
  }

  private void begin(KnownHub hub, HubConnection connection) {
    password.set("");
    refill();
    connected.accept(
        new Session(
            hub,
            connection,
            new LiveFeed(connection.feed(), desk.clock(), desk.tasks(), desk.ticker())));
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
