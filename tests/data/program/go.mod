module example.org/shopdemo

go 1.19
