// The tests with processes would take each other's cores, and then nothing is quick.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
