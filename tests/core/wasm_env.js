// Emscripten gives getenv() an invented environment; the tests find their data through Node's real one.
Module['preRun'] = [() => Object.assign(ENV, process.env)];
