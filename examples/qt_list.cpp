// Fills a list in a Qt window without blocking its event loop. Closing the window, also by Ctrl-C, cancels the
// iteration.
#include <applivery/applivery.hpp>

#include <QApplication>
#include <QListWidget>
#include <QTimer>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>

static volatile std::sig_atomic_t isInterrupted = 0;

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QListWidget list;
    QTimer interrupts;
    QObject::connect(&interrupts, &QTimer::timeout, [&] {
        if (isInterrupted != 0) list.close();
    });
    std::signal(SIGINT, [](int) { isInterrupted = 1; });

    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    applivery::ClientOptions options = applivery::ClientOptions::fromEnvironment();
    options.executor = [&app](std::function<void()> task) {
        QMetaObject::invokeMethod(&app, std::move(task), Qt::QueuedConnection);
    };
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""}, options};

    applivery::CancellationSource source;
    QApplication::setQuitOnLastWindowClosed(false);  // quits when the iteration has ended
    QObject::connect(&app, &QApplication::lastWindowClosed, [&] { source.cancel(); });

    applivery::WalkOptions walk;
    walk.cancel = source.token();
    client.forEachBuild(
        {}, walk,
        [&list](const applivery::Build& build) {  // on the thread of the window, one at a time
            std::ostringstream text;
            text << build;
            list.addItem(QString::fromStdString(text.str()));
            return true;
        },
        [&](const applivery::Result<applivery::WalkSummary>& summary) {
            if (!summary) std::cerr << summary.error() << '\n';
            std::cout << list.count() << " builds" << std::endl;
            QApplication::setQuitOnLastWindowClosed(true);
            if (!list.isVisible()) QApplication::quit();
        });

    list.show();
    interrupts.start(100);
    return QApplication::exec();
}
